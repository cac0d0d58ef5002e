using System.Globalization;
using System.Text.RegularExpressions;

namespace DualDb.ChangeLog;

/// <summary>
/// How much of a change log was read: the changes of every transaction that a snapshot sees. Numbers alone could not tell, since a transaction
/// with a low number may commit after one with a high number was read.
/// </summary>
/// <param name="History">Which database's log, and which life of it.</param>
/// <param name="Seen">The snapshot whose changes were all read, as <c>pg_snapshot</c> text.</param>
/// <param name="Reading">The later snapshot whose changes are being read page by page; null between readings.</param>
/// <param name="After">The number of the last change that was read of it; 0 between readings.</param>
internal sealed partial record ChangeLogPosition(string History, string Seen, string? Reading, long After)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no position.</exception>
    public static ChangeLogPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Pattern().Match(text) is not { Success: true } match || !TryAfter(match.Groups["after"], out var after))
        {
            throw new FormatException("The text is no position in a change log. Keep it as ToString() gives it.");
        }

        var reading = match.Groups["reading"];
        return new ChangeLogPosition(match.Groups["history"].Value, match.Groups["seen"].Value, reading.Success ? reading.Value : null, after);
    }

    /// <summary>The position as a text to keep.</summary>
    public override string ToString()
        => Reading is null ? $"{History}|{Seen}" : string.Create(CultureInfo.InvariantCulture, $"{History}|{Seen}|{Reading}|{After}");

    private static bool TryAfter(Group group, out long after)
    {
        after = 0;
        return !group.Success || long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out after);
    }

    [GeneratedRegex(
        @"\A(?<history>[0-9A-Za-z/\-]+)\|(?<seen>[0-9]+:[0-9]+:[0-9,]*)(\|(?<reading>[0-9]+:[0-9]+:[0-9,]*)\|(?<after>[0-9]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
