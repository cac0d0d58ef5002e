using DualDb.Errors;
using Npgsql;

namespace DualDb.Sdk.Tests.Errors;

/// <summary>What of a server's words reaches a log.</summary>
public class ServerWordsTests
{
    private const string Secret = "4711-0815";

    [Theory]
    [InlineData("invalid input syntax for type json", null, "JSON data, line 1: 4711-0815")]
    [InlineData("invalid input syntax for type integer: \"4711-0815\"", null, null)]
    [InlineData("date/time field value out of range: \"4711-0815\"", null, "COPY people, line 1, column born: \"4711-0815\"")]
    [InlineData("invalid input syntax for type json", "Token \"4711-0815\" is invalid.", null)]
    public void A_value_is_in_no_part_of_what_is_logged(string message, string? detail, string? where)
    {
        var failure = new InvalidOperationException("The step failed.", new DatabaseErrorException("It failed.", Answer("22P02", message, detail, where)) { Database = Database.Neon });

        var logged = ServerWords.Loggable(failure).ToString();
        Assert.DoesNotContain(Secret, logged, StringComparison.Ordinal);
        Assert.Contains("The step failed.", logged, StringComparison.Ordinal);
        Assert.Contains("22P02", logged, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, ServerWords.Loggable(new AggregateException(new TimeoutException(), failure)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("23505", "duplicate key value violates unique constraint \"people_pkey\"", "Key (phone)=(4711-0815) already exists.", null)]
    [InlineData("23514", "new row for relation \"people\" violates check constraint \"phones\"", "Failing row contains (1, 4711-0815).", "SQL statement \"insert into people values (1, '4711-0815')\"")]
    public void Details_that_the_connection_asks_for_are_for_the_application_and_for_no_log(string sqlState, string message, string detail, string? where)
    {
        var logged = ServerWords.Loggable(Answer(sqlState, message, detail, where)).ToString();

        Assert.DoesNotContain(Secret, logged, StringComparison.Ordinal);
        Assert.Contains(message, logged, StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_nothing_of_a_row_is_logged_as_it_is()
    {
        var failure = new InvalidOperationException("none", Answer("42P01", "relation \"orders\" does not exist", detail: null, where: null));

        Assert.Same(failure, ServerWords.Loggable(failure));
        Assert.Null(ServerWords.Loggable(null));
    }

    private static PostgresException Answer(string sqlState, string message, string? detail, string? where)
        => new(
            message, "ERROR", "ERROR", sqlState, detail, hint: null, position: 0, internalPosition: 0, internalQuery: null, where,
            schemaName: null, tableName: null, columnName: null, dataTypeName: null, constraintName: null, file: null, line: null, routine: null);
}
