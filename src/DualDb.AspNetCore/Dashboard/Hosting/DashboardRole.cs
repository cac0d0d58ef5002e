namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>What somebody may.</summary>
internal enum DashboardRole
{
    None = 0,
    Reader,
    Operator,
}
