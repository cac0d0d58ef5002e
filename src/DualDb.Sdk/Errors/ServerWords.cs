using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace DualDb.Errors;

/// <summary>What a server says of an error, without values of rows: it quotes the one that it could not take, and that may be anybody's phone number.</summary>
internal static class ServerWords
{
    private const string Mark = "***";

    /// <summary>How Npgsql begins what stands in the place of details that nobody asked for.</summary>
    private const string LeftOut = "Detail redacted";

    // Those of other languages as well: servers speak the one of their setting lc_messages.
    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"«»„“”");

    /// <summary>
    /// The message. Of class 22 (data exceptions) alone, what is quoted is a value; elsewhere it is the name of a table, a column or a constraint, which is needed. What a trigger of the application's raises are its own words.
    /// </summary>
    public static string Of(PostgresException answer)
    {
        var text = answer.MessageText;
        if (answer.SqlState is (not ['2', '2', ..]) or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter)
        {
            // The last two quote encodings.
            return text;
        }

        // From the first quote to the last: a value may hold quotes itself. One that was cut has no last.
        var (first, last) = (text.AsSpan().IndexOfAny(Quotes), text.AsSpan().LastIndexOfAny(Quotes));
        return first < 0 ? text
            : last == first ? $"{text[..(first + 1)]}{Mark}"
            : $"{text[..(first + 1)]}{Mark}{text[last..]}";
    }

    /// <summary>The message of any failure; a server's without its details, which a setting of the connection string adds.</summary>
    public static string? Of(Exception failure) => failure is PostgresException answer ? $"{answer.SqlState}: {Of(answer)}" : failure.Message;

    /// <summary>The failure for a log: itself, unless a server has spoken within it of what may be a value of a row: in its message, its details, the context (<c>JSON data, line 1: …</c>) or the statement of a function.</summary>
    [return: NotNullIfNotNull(nameof(failure))]
    public static Exception? Loggable(Exception? failure)
    {
        string? text = null;
        foreach (var (said, shown) in Answers(failure).SelectMany(Replacements))
        {
            text = (text ?? failure!.ToString()).Replace(said, shown, StringComparison.Ordinal);
        }

        return text is null ? failure : new LoggedFailure(text);
    }

    private static IEnumerable<PostgresException> Answers(Exception? failure) => failure switch
    {
        null => [],
        PostgresException answer => [answer],
        AggregateException several => several.InnerExceptions.SelectMany(Answers),
        _ => Answers(failure.InnerException),
    };

    private static IEnumerable<(string Said, string Shown)> Replacements(PostgresException answer)
    {
        if (Of(answer) is var words && !string.Equals(words, answer.MessageText, StringComparison.Ordinal))
        {
            yield return (answer.MessageText, words);
        }

        // Npgsql itself leaves the details out unless the connection string asks for them, and writes the others of each failure.
        foreach (var said in new[] { answer.Detail, answer.Where, answer.InternalQuery })
        {
            if (!string.IsNullOrWhiteSpace(said) && !said.StartsWith(LeftOut, StringComparison.Ordinal))
            {
                yield return (said, Mark);
            }
        }
    }

    /// <summary>Stands in a log for a failure that cannot be shown as it is: an exception cannot be cleaned.</summary>
    private sealed class LoggedFailure(string text) : Exception(text.Split('\n', 2)[0].TrimEnd())
    {
        public override string ToString() => text;
    }
}
