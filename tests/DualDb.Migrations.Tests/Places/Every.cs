using System.Globalization;

namespace DualDb.Migrations.Tests.Places;

/// <summary>Of places of which a test tries every one: all, or each n-th of them from another one on in each run, where <c>DUALDB_TEST_EVERY</c> says so.</summary>
internal static class Every
{
    /// <summary>How far the next place is away.</summary>
    public static int Step { get; } = int.Parse(Environment.GetEnvironmentVariable("DUALDB_TEST_EVERY") is { Length: > 0 } text ? text : "1", CultureInfo.InvariantCulture);

    /// <summary>The first place, from 0.</summary>
    public static int First { get; } = Random.Shared.Next(Step);
}
