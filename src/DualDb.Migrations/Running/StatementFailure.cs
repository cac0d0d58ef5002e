using System.Globalization;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Says where a statement failed, and shows the place.</summary>
internal static class StatementFailure
{
    private const int LongestLine = 160;

    /// <summary>The exception for a statement.</summary>
    /// <param name="migration">Its migration.</param>
    /// <param name="index">Which it is there, from 0.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="answer">What the server answered.</param>
    /// <param name="kept">Whether statements before it stay committed.</param>
    /// <param name="hasPlace">Whether the server was sent the statement as it is, so that the place it names is one of the file.</param>
    public static MigrationFailedException Of(Migration migration, int index, SqlStatement statement, PostgresException answer, bool kept, bool hasPlace = true)
    {
        var position = hasPlace ? answer.Position : 0;
        var (line, column) = PlaceOf(statement, position);
        var count = migration.StatementCount;
        var place = string.Create(CultureInfo.InvariantCulture, $"{migration.Source}({line},{column})");
        var which = string.Create(CultureInfo.InvariantCulture, $"statement {index + 1} of {count}");
        var reason = $"{answer.SqlState}: {ServerAnswer.TextOf(answer)}";
        var state = kept ? "The statements before it stay" : "Its transaction was rolled back";
        return new MigrationFailedException(
            $"{place}: {which} of {migration.Id} failed in {migration.Id.Database}: {reason}.{Hint(answer)} {state}; put the file right and run again, and the run goes on there.{Excerpt(statement, line, column, position)}",
            ServerAnswer.WithoutValues(answer))
        {
            Database = migration.Id.Database,
            Id = migration.Id,
            Statement = index + 1,
            Line = line,
            Column = position > 0 ? column : null,
            SqlState = answer.SqlState,
        };
    }

    /// <summary>The exception for a statement of a file of rows.</summary>
    /// <param name="seed">The file.</param>
    /// <param name="index">Which statement it is there, from 0.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="answer">What the server answered.</param>
    public static MigrationFailedException OfSeed(Seed seed, int index, SqlStatement statement, PostgresException answer)
    {
        var (line, column) = PlaceOf(statement, answer.Position);
        return new MigrationFailedException(
            string.Create(CultureInfo.InvariantCulture, $"{seed.Source}({line},{column}): statement {index + 1} of {seed.Id} failed in {seed.Id.Database}: {answer.SqlState}: {ServerAnswer.TextOf(answer)}.{Hint(answer)} ")
                + $"All rows of the file were rolled back; put it right and run again.{Excerpt(statement, line, column, answer.Position)}",
            ServerAnswer.WithoutValues(answer))
        {
            Database = seed.Id.Database,
            Id = seed.Id,
            Statement = index + 1,
            Line = line,
            Column = answer.Position > 0 ? column : null,
            SqlState = answer.SqlState,
        };
    }

    private static string Hint(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => " Others held the locks through all attempts: end their transactions, or raise MigrationOptions.LockTimeout or LockAttempts.",
        PostgresErrorCodes.QueryCanceled => " Where it takes that long, write '-- timeout: 30min' in the header.",
        "55P04" => " A value that was added to an enum can be used once it is committed: write '-- transaction: none' in the header, or use it in the next migration.",
        _ => "",
    };

    private static (int Line, int Column) PlaceOf(SqlStatement statement, int position)
    {
        if (OffsetOf(statement, position) is not { } offset)
        {
            return (statement.Line, statement.Column);
        }

        var (line, column) = new LinePositions(statement.Text).Of(offset);
        return line == 1 ? (statement.Line, statement.Column + column - 1) : (statement.Line + line - 1, column);
    }

    // The server counts characters, of which .NET takes some for two; what lacks at the end it places behind the last one.
    private static int? OffsetOf(SqlStatement statement, int position)
    {
        var (text, offset) = (statement.Text, 0);
        for (var character = 1; character < position && offset < text.Length; character++)
        {
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        }

        return position < 1 ? null : offset;
    }

    private static string Excerpt(SqlStatement statement, int line, int column, int position)
    {
        if (position < 1)
        {
            return "";
        }

        var text = MaskedSql.Of(statement.Text).Split('\n')[line - statement.Line].Replace('\t', ' ');
        var indent = line == statement.Line ? column - statement.Column : column - 1;

        // Of a long line, what stands around the place.
        var start = text.Length <= LongestLine ? 0 : Math.Clamp(indent - (LongestLine / 2), 0, text.Length - LongestLine);
        return $"\n    {text.AsSpan(start, Math.Min(LongestLine, text.Length - start))}\n    {new string(' ', indent - start)}^";
    }
}
