using System.Globalization;

namespace DualDb.Migrations.Running;

/// <summary>How far an update has come that is divided: it goes over the pages of its table until it has gone over all of them in vain.</summary>
/// <param name="Statement">The hash of the update: where it broke off says nothing of another one that stands in its place by now.</param>
/// <param name="Pass">Which time it does so, from 1.</param>
/// <param name="Next">The page that the next transaction begins with.</param>
/// <param name="End">The page that this pass ends before.</param>
/// <param name="Touched">How many rows this pass has changed.</param>
internal sealed record BatchCursor(string Statement, int Pass, long Next, long End, long Touched)
{
    private const int Parts = 5;

    public bool IsAtEnd => Next >= End;

    /// <summary>Reads what <see cref="ToString"/> wrote; null for what it did not, or for another statement.</summary>
    public static BatchCursor? Parse(string? text, string statement)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length == Parts && string.Equals(parts[0], statement, StringComparison.Ordinal) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pass) && Number(2) is { } next && Number(3) is { } end && Number(4) is { } touched
            ? new BatchCursor(statement, pass, next, end, touched)
            : null;

        long? Number(int part) => long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Statement}/{Pass}/{Next}/{End}/{Touched}");
}
