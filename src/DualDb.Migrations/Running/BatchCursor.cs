using System.Globalization;

namespace DualDb.Migrations.Running;

/// <summary>How far an update has come that is divided: it goes over the pages of its table until it has gone over all of them in vain.</summary>
/// <param name="Pass">Which time it does so, from 1.</param>
/// <param name="Next">The page that the next transaction begins with.</param>
/// <param name="End">The page that this pass ends before.</param>
/// <param name="Touched">How many rows this pass has changed.</param>
internal sealed record BatchCursor(int Pass, long Next, long End, long Touched)
{
    private const int Parts = 4;

    public bool IsAtEnd => Next >= End;

    /// <summary>Reads what <see cref="ToString"/> wrote; null for what it did not.</summary>
    public static BatchCursor? Parse(string? text)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length == Parts && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pass) && Number(1) is { } next && Number(2) is { } end && Number(3) is { } touched
            ? new BatchCursor(pass, next, end, touched)
            : null;

        long? Number(int part) => long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pass}/{Next}/{End}/{Touched}");
}
