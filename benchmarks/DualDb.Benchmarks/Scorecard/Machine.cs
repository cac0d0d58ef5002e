using System.Runtime.InteropServices;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>What the values depend on, without a name.</summary>
/// <param name="Cores">How many processors the process may use.</param>
/// <param name="MemoryGigabytes">How much memory it may use.</param>
/// <param name="OperatingSystem">Which system.</param>
/// <param name="Runtime">Which .NET.</param>
/// <param name="PostgreSql">Which server.</param>
internal sealed record Machine(int Cores, double MemoryGigabytes, string OperatingSystem, string Runtime, string PostgreSql)
{
    public static Machine Here(Version postgreSql)
        => new(
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            RuntimeInformation.FrameworkDescription,
            postgreSql.ToString());
}
