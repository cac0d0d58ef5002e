using System.Text.RegularExpressions;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>What a server answers to a statement that has constants in it, or to rows, without these: it repeats what it could not read.</summary>
internal static partial class ServerAnswer
{
    private const string DataExceptions = "22";

    /// <summary>The answer that an exception was made of, by way of as many others as there are: code wraps what the library threw, which had wrapped it; null for none.</summary>
    public static PostgresException? In(Exception? exception)
    {
        while (exception is not (null or PostgresException))
        {
            exception = exception.InnerException;
        }

        return exception as PostgresException;
    }

    /// <summary>The text of an answer without the value that it quotes.</summary>
    public static string TextOf(PostgresException answer)
        => answer.SqlState.StartsWith(DataExceptions, StringComparison.Ordinal) ? Quoted().Replace(answer.MessageText, "\"***\"")
            : string.Equals(answer.SqlState, PostgresErrorCodes.SyntaxError, StringComparison.Ordinal) ? NearConstant().Replace(answer.MessageText, "at or near \"***\"")
            : answer.MessageText;

    /// <summary>An answer to be the cause of an exception, whose whole text gets into logs: without that value, and without the rows and statements that the server tells for context.</summary>
    public static PostgresException WithoutValues(PostgresException answer) => new(
        TextOf(answer), answer.Severity, answer.InvariantSeverity, answer.SqlState, answer.Detail, answer.Hint, answer.Position, answer.InternalPosition, internalQuery: null,
        where: answer.Where is { } where ? string.Join('\n', where.Split('\n').Where(static line => Place().IsMatch(line))) is { Length: > 0 } places ? places : null : null,
        answer.SchemaName, answer.TableName, answer.ColumnName, answer.DataTypeName, answer.ConstraintName, answer.File, answer.Line, answer.Routine);

    // From the first quotation mark to the last one: there may be some within the value.
    [GeneratedRegex("\".*\"", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("at or near \"(?:[eEbBxXnN]|[uU]&)?['$].*\"", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NearConstant();

    [GeneratedRegex("^PL/pgSQL function [^'\"]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
