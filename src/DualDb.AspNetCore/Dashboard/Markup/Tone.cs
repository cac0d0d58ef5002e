namespace DualDb.AspNetCore.Dashboard.Markup;

/// <summary>How something is. It is never told by colour alone.</summary>
internal enum Tone
{
    Plain = 0,
    Good,
    Warning,
    Bad,
}
