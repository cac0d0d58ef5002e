using System.Globalization;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Files;

/// <summary>Reads the comments at the top of a file.</summary>
internal static class HeaderParser
{
    private const string Keys = "requires, conflicts, phase, transaction, timeout, batch, move, accept";

    private const int LongestNumber = 9;

    private const int LargestBatch = 1_000_000;

    private static readonly string[] Phases = ["expand", "backfill", "switch", "contract"];

    /// <summary>Reads the header, which ends with the first line that is neither empty nor a comment, or with <c>-- down:</c>.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="text">Its text, with line feeds only.</param>
    /// <exception cref="MigrationFileException">A key is unknown, or its value is none of its values.</exception>
    public static MigrationHeader Parse(string file, string text)
    {
        var header = new MigrationHeader();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        for (var start = 0; start <= text.Length; number++)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var line = text.Substring(start, end - start).Trim();
            start = end + 1;
            if (line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))
            {
                break;
            }

            if (TryReadEntry(line, out var key, out var value))
            {
                if (string.Equals(key, "down", StringComparison.Ordinal))
                {
                    break;
                }

                Take(header, seen, file, number + 1, key, value);
            }
            else
            {
                RefuseOtherCase(file, number + 1, line);
            }
        }

        return header;
    }

    private static void Take(MigrationHeader header, HashSet<string> seen, string file, int line, string key, string value)
    {
        if (!seen.Add(key) && key is "phase" or "transaction" or "timeout" or "batch")
        {
            throw MigrationFileException.Of(file, line, $"'{key}' was said before; remove one of the two lines");
        }

        switch (key)
        {
            case "requires":
                header.SaysRequires = true;
                header.RequiresLine ??= line;
                header.Requires.AddRange(Ids(file, line, key, value));
                break;
            case "conflicts":
                header.Conflicts.AddRange(Ids(file, line, key, value));
                break;
            case "accept":
                header.Accepts.AddRange(Rules(file, line, value));
                break;
            case "phase":
                header.Phase = PhaseOf(file, line, value);
                break;
            case "transaction":
                header.IsIsolated = string.Equals(value, "none", StringComparison.Ordinal)
                    ? true
                    : throw MigrationFileException.Of(file, line, $"'transaction: {value}' is unknown; write 'transaction: none', or remove the line: the statements then run in one transaction");
                break;
            case "timeout":
                header.Timeout = TimeoutOf(file, line, value);
                break;
            case "batch":
                (header.Batch, header.BatchLine) = (BatchOf(file, line, value), line);
                break;
            case "move":
                header.Moves.Add((MoveOf(header, file, line, value), line));
                break;
            default:
                throw MigrationFileException.Of(
                    file, line, $"the header has no key '{key}'; it knows {Keys}. Where this is only a comment, write it so that no lower-case word with a colon begins it; a link may");
        }
    }

    private static IEnumerable<MigrationId> Ids(string file, int line, string key, string value)
    {
        foreach (var part in Parts(value))
        {
            var name = part.EndsWith(".sql", StringComparison.Ordinal) ? part.Substring(0, part.Length - 4) : part;
            if (string.Equals(name, "none", StringComparison.Ordinal))
            {
                continue;
            }

            yield return MigrationId.TryParse(name, out var id)
                ? id
                : throw MigrationFileException.Of(file, line, $"'{key}: {part}' names no migration; write its folder and name, as in supabase/20260101T1100_create_profiles");
        }
    }

    private static IEnumerable<string> Parts(string value) => value.Split(',').Select(static part => part.Trim()).Where(static part => part.Length > 0);

    private static IEnumerable<string> Rules(string file, int line, string value)
    {
        foreach (var part in Parts(value))
        {
            // A reason may follow: '-- accept: DDM001 nobody has used it since March'.
            var rule = part.Split(' ')[0];
            yield return LintRules.Messages.ContainsKey(rule) || LintRules.Holds.Contains(rule, StringComparer.Ordinal)
                ? rule
                : throw MigrationFileException.Of(file, line, $"'accept: {rule}' names no rule; the rules are {string.Join(", ", LintRules.Messages.Keys.Concat(LintRules.Holds))}");
        }
    }

    private static MigrationPhase PhaseOf(string file, int line, string value)
    {
        var phase = Array.IndexOf(Phases, value);
        return phase >= 0 ? (MigrationPhase)phase : throw MigrationFileException.Of(file, line, $"'phase: {value}' is unknown; the phases are {string.Join(", ", Phases)}");
    }

    private static int BatchOf(string file, int line, string value)
        => value.Length <= LongestNumber && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is > 0 and <= LargestBatch
            ? rows
            : throw MigrationFileException.Of(file, line, $"'batch: {value}' is no number of rows; write a whole number from 1 to {LargestBatch.ToString(CultureInfo.InvariantCulture)}, as in 5000");

    private static TableMove MoveOf(MigrationHeader header, string file, int line, string value)
    {
        var move = TableMove.TryParse(value, out var parsed)
            ? parsed
            : throw MigrationFileException.Of(file, line, $"'move: {value}' names no table; write its schema and name, as in storefront.wishes, or, where it is called otherwise on the other side, storefront.wishes to public.wishes");
        return header.Moves.Exists(other => other.Move.From == move.From || other.Move.To == move.To)
            ? throw MigrationFileException.Of(file, line, $"'move: {value}' names a table that was moved before; remove one of the two lines")
            : move;
    }

    private static TimeSpan TimeoutOf(string file, int line, string value)
    {
        var digits = 0;
        while (digits < value.Length && value[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        var unit = value.Substring(digits > 0 && digits < value.Length && value[digits] == ' ' ? digits + 1 : digits) switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        if (digits > LongestNumber || unit == TimeSpan.Zero || !int.TryParse(value.Substring(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            throw MigrationFileException.Of(file, line, $"'timeout: {value}' is no duration; write a whole number with ms, s, min or h, as in 10min");
        }

        var timeout = TimeSpan.FromTicks(unit.Ticks * number);
        return timeout <= TimeSpan.FromDays(20) ? timeout : throw MigrationFileException.Of(file, line, $"'timeout: {value}' is longer than PostgreSQL can be told (20 days)");
    }

    // It would be a comment, and the file would run without what it asks for.
    private static void RefuseOtherCase(string file, int line, string text)
    {
        var colon = text.IndexOf(':');
        var key = colon < 0 ? "" : text.Substring(0, colon).Trim('-', ' ', '\t');
        if (Array.Find(MarkRefusals.Keys, known => string.Equals(known, key, StringComparison.OrdinalIgnoreCase)) is { } meant)
        {
            throw MigrationFileException.Of(file, line, $"'{key}' is a key of the header in other letters; write '{meant}', or another comment");
        }
    }

    private static bool IsKnown(string key) => string.Equals(key, "down", StringComparison.Ordinal) || Array.Exists(MarkRefusals.Keys, known => string.Equals(known, key, StringComparison.Ordinal));

    /// <summary>Reads <c>-- key: value</c>.</summary>
    private static bool TryReadEntry(string line, out string key, out string value)
    {
        key = value = "";
        if (!line.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var text = line.Substring(2).TrimStart(' ', '\t');
        var colon = 0;
        while (colon < text.Length && (text[colon] is >= 'a' and <= 'z' || (colon > 0 && text[colon] == '-')))
        {
            colon++;
        }

        if (colon == 0 || colon == text.Length || text[colon] != ':')
        {
            return false;
        }

        // A link is a comment. All else is a key, also without the blank: one that is mistyped would be passed over.
        if (string.CompareOrdinal(text, colon + 1, "//", 0, 2) == 0 && !IsKnown(text.Substring(0, colon)))
        {
            return false;
        }

        key = text.Substring(0, colon);
        value = text.Substring(colon + 1).TrimStart(' ', '\t');
        return true;
    }
}
