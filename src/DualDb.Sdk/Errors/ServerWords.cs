using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace DualDb.Errors;

/// <summary>What a server says of an error, without values of rows: it quotes the one that it could not take, and that may be anybody's phone number.</summary>
internal static class ServerWords
{
    private const string Mark = "***";

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

    /// <summary>The failure for a log: itself, unless the words of a server within it quote a value.</summary>
    [return: NotNullIfNotNull(nameof(failure))]
    public static Exception? Loggable(Exception? failure)
    {
        string? text = null;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException answer && Of(answer) is var words && !string.Equals(words, answer.MessageText, StringComparison.Ordinal))
            {
                text = (text ?? failure!.ToString()).Replace(answer.MessageText, words, StringComparison.Ordinal);
            }
        }

        return text is null ? failure : new LoggedFailure(text);
    }

    /// <summary>Stands in a log for a failure that cannot be shown as it is: an exception cannot be cleaned.</summary>
    private sealed class LoggedFailure(string text) : Exception(text.Split('\n', 2)[0].TrimEnd())
    {
        public override string ToString() => text;
    }
}
