namespace DualDb.Commands.StatusCommands;

/// <summary>Points as a line of blocks, from the lowest to the highest; a gap where nothing was measured.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int Width = 24;

    public static string Of(IReadOnlyList<double?> points)
    {
        List<double?> last = [.. points.Skip(Math.Max(0, points.Count - Width))];
        List<double> known = [.. last.OfType<double>()];
        if (known.Count == 0)
        {
            return "";
        }

        var (low, high) = (known.Min(), known.Max());
        return string.Concat(last.Select(point => point is not { } value ? ' ' : Blocks[high > low ? (int)((value - low) / (high - low) * (Blocks.Length - 1)) : 0]));
    }
}
