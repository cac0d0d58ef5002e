using System.Globalization;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>How long, and from which seed. Both can be set from outside: to look shortly, and to repeat what failed.</summary>
internal static class ChaosLength
{
    /// <summary>Three minutes, unless <c>DUALDB_CHAOS_SECONDS</c> says otherwise.</summary>
    public static TimeSpan Duration => TimeSpan.FromSeconds(Number("DUALDB_CHAOS_SECONDS") ?? 180);

    /// <summary>A third of it, for what need not be looked at as long in each run.</summary>
    public static TimeSpan ShortDuration => Duration / 3;

    /// <summary>Another one in each run, unless <c>DUALDB_CHAOS_SEED</c> says otherwise.</summary>
    public static int Seed => Number("DUALDB_CHAOS_SEED") ?? Random.Shared.Next();

    private static int? Number(string variable)
        => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
