using System.Globalization;
using System.Text.RegularExpressions;
using DualDb.Migrations.Linting;

namespace DualDb.Migrations.Files;

/// <summary>Reads the comments at the top of a file.</summary>
internal static partial class HeaderParser
{
    private const string Keys = "requires, conflicts, phase, transaction, timeout, accept";

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
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text[range].Trim();
            if (line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))
            {
                break;
            }

            var match = Entry().Match(line);
            if (match.Success && string.Equals(match.Groups["key"].Value, "down", StringComparison.Ordinal))
            {
                break;
            }

            if (match.Success)
            {
                Take(header, seen, file, number, match.Groups["key"].Value, match.Groups["value"].Value);
            }
        }

        return header;
    }

    private static void Take(MigrationHeader header, HashSet<string> seen, string file, int line, string key, string value)
    {
        if (!seen.Add(key) && key is "phase" or "transaction" or "timeout")
        {
            throw MigrationFileException.Of(file, line, $"'{key}' was said before; remove one of the two lines");
        }

        switch (key)
        {
            case "requires":
                header.SaysRequires = true;
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
            default:
                throw MigrationFileException.Of(
                    file, line, $"the header has no key '{key}'; it knows {Keys}. Where this is only a comment, write it so that no lower-case word with a colon begins it");
        }
    }

    private static IEnumerable<MigrationId> Ids(string file, int line, string key, string value)
    {
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.EndsWith(".sql", StringComparison.Ordinal) ? part[..^4] : part;
            if (string.Equals(name, "none", StringComparison.Ordinal))
            {
                continue;
            }

            yield return MigrationId.TryParse(name, out var id)
                ? id
                : throw MigrationFileException.Of(file, line, $"'{key}: {part}' names no migration; write its folder and name, as in supabase/20260101T1100_create_profiles");
        }
    }

    private static IEnumerable<string> Rules(string file, int line, string value)
    {
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // A reason may follow: '-- accept: DDM001 nobody has used it since March'.
            var rule = part.Split(' ')[0];
            yield return LintRules.Messages.ContainsKey(rule)
                ? rule
                : throw MigrationFileException.Of(file, line, $"'accept: {rule}' names no rule; the rules are {string.Join(", ", LintRules.Messages.Keys)}");
        }
    }

    private static MigrationPhase PhaseOf(string file, int line, string value)
    {
        var phase = Array.IndexOf(Phases, value);
        return phase >= 0 ? (MigrationPhase)phase : throw MigrationFileException.Of(file, line, $"'phase: {value}' is unknown; the phases are {string.Join(", ", Phases)}");
    }

    private static TimeSpan TimeoutOf(string file, int line, string value)
    {
        var match = Duration().Match(value);
        if (!match.Success || !int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            throw MigrationFileException.Of(file, line, $"'timeout: {value}' is no duration; write a whole number with ms, s, min or h, as in 10min");
        }

        var unit = match.Groups["unit"].Value switch { "ms" => TimeSpan.FromMilliseconds(1), "s" => TimeSpan.FromSeconds(1), "min" => TimeSpan.FromMinutes(1), _ => TimeSpan.FromHours(1) };
        var timeout = unit * number;
        return timeout <= TimeSpan.FromDays(20) ? timeout : throw MigrationFileException.Of(file, line, $"'timeout: {value}' is longer than PostgreSQL can be told (20 days)");
    }

    [GeneratedRegex(@"^--[ \t]*(?<key>[a-z][a-z-]*):[ \t]*(?<value>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();

    [GeneratedRegex("^(?<number>[0-9]{1,9}) ?(?<unit>ms|s|min|h)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
