using System.Globalization;
using System.Text;

namespace DualDb.AspNetCore.Dashboard.Markup;

/// <summary>Points over time as a small picture, with words for those who do not see it; a gap where nothing was measured.</summary>
internal static class Sparkline
{
    private const double Width = 120;
    private const double Height = 28;
    private const double Margin = 2;

    /// <param name="points">The points, from the oldest.</param>
    /// <param name="target">What they should be, as a line; null for none.</param>
    /// <param name="words">What the picture says.</param>
    public static Html Of(IReadOnlyList<double?> points, double? target, string words)
    {
        List<double> known = [.. points.OfType<double>()];
        if (known.Count == 0)
        {
            return default;
        }

        var (low, high) = (Math.Min(known.Min(), target ?? double.MaxValue), Math.Max(known.Max(), target ?? double.MinValue));
        var targetLine = target is { } should
            ? Html.Of($"""<line class="target" x1="0" x2="{Width}" y1="{Y(should)}" y2="{Y(should)}"/>""")
            : default;
        return Html.Of($"""
            <svg class="spark" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-label="{words}"><title>{words}</title>{targetLine}<path class="line" d="{Path(points, X, Y)}"/></svg>
            """);

        string X(int place) => Round(Margin + (place * (Width - (2 * Margin)) / Math.Max(1, points.Count - 1)));
        string Y(double value) => Round(high > low ? Height - Margin - ((value - low) / (high - low) * (Height - (2 * Margin))) : Height / 2);
    }

    private static string Path(IReadOnlyList<double?> points, Func<int, string> x, Func<double, string> y)
    {
        var path = new StringBuilder();
        var isOpen = false;
        for (var place = 0; place < points.Count; place++)
        {
            if (points[place] is { } value)
            {
                // One by itself would not show: a line of no length with round ends does.
                path.Append(isOpen ? 'L' : 'M').Append(x(place)).Append(' ').Append(y(value));
                path.Append(!isOpen && (place + 1 == points.Count || points[place + 1] is null) ? "h0" : "");
            }

            isOpen = points[place] is not null;
        }

        return path.ToString();
    }

    private static string Round(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
