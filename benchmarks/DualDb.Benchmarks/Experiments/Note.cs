using System.Globalization;
using DualDb.Benchmarks.Measuring;

namespace DualDb.Benchmarks.Experiments;

/// <summary>The absolute values behind a ratio.</summary>
internal static class Note
{
    public static string Times(ContestResult result, string left, string right)
        => $"{Time(result.Microseconds(left))} / {Time(result.Microseconds(right))}";

    public static string Bytes(ContestResult result, string left, string right)
        => string.Create(CultureInfo.InvariantCulture, $"{result.BytesPerCall(left):#,0} B / {result.BytesPerCall(right):#,0} B");

    public static string Both(ContestResult result, string left, string right)
        => $"{Times(result, left, right)}, {Bytes(result, left, right)}";

    public static string Time(double microseconds)
        => microseconds < 1_000
            ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.#} µs")
            : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000:0.0#} ms");
}
