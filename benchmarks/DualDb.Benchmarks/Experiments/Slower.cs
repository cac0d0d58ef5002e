using DualDb.Benchmarks.Measuring;

namespace DualDb.Benchmarks.Experiments;

/// <summary>Chooses the side that a view has to wait for.</summary>
internal static class Slower
{
    public static string Of(ContestResult result, string left, string right)
        => result.Microseconds(left) > result.Microseconds(right) ? left : right;
}
