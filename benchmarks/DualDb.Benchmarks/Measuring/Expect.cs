using System.Diagnostics.CodeAnalysis;

namespace DualDb.Benchmarks.Measuring;

/// <summary>Keeps competitors honest: what answers wrong is not compared.</summary>
internal static class Expect
{
    public static void Count(int expected, int actual)
    {
        if (actual != expected)
        {
            throw new InvalidDataException($"The answer holds {actual}, not {expected}.");
        }
    }

    public static void Found([NotNull] object? row)
    {
        if (row is null)
        {
            throw new InvalidDataException("The answer holds no row.");
        }
    }
}
