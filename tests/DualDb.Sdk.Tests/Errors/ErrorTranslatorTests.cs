using DualDb.Errors;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sdk.Tests.Errors;

public class ErrorTranslatorTests
{
    private static readonly EntityInfo Order = new(
        "Order",
        Database.Neon,
        "public",
        "orders",
        [
            new ColumnInfo("id", "Id", "bigint", IsNullable: false),
            new ColumnInfo("email", "Email", "text", IsNullable: false),
            new ColumnInfo("code", "Code", "varchar(40)", IsNullable: false),
            new ColumnInfo("user_id", "UserId", "uuid", IsNullable: false),
            new ColumnInfo("total", "Total", "numeric(12,2)", IsNullable: false),
            new ColumnInfo("created_at", "CreatedAt", "timestamptz", IsNullable: false),
        ]);

    private static PostgresException Answer(
        string sqlState, string message, string? table = null, string? column = null, string? constraint = null, string? where = null, string severity = "ERROR")
        => new(
            message, severity, severity, sqlState, detail: "Detail redacted", hint: null, position: 0, internalPosition: 0, internalQuery: null, where: where,
            schemaName: table is null ? null : "public", tableName: table, columnName: column, dataTypeName: null, constraintName: constraint, file: null, line: null, routine: null);

    private static T Translate<T>(Exception exception, EntityInfo? entity = null)
        where T : Exception
        => Assert.IsType<T>(ErrorTranslator.Translate(exception, Database.Neon, entity ?? Order, "InsertAsync"));

    [Theory]
    [InlineData("23505", "duplicate key value violates unique constraint", "orders_email_key", null, ConstraintKind.Unique, "email")]
    [InlineData("23505", "duplicate key value violates unique constraint", "orders_pkey", null, ConstraintKind.Unique, null)]
    [InlineData("23503", "insert or update on table \"orders\" violates foreign key constraint", "orders_user_id_fkey", null, ConstraintKind.ForeignKey, "user_id")]
    [InlineData("23503", "update or delete on table \"orders\" violates foreign key constraint", "lines_order_id_fkey", null, ConstraintKind.ForeignKey, null)]
    [InlineData("23502", "null value in column \"total\" of relation \"orders\" violates not-null constraint", null, "total", ConstraintKind.NotNull, "total")]
    [InlineData("23514", "new row for relation \"orders\" violates check constraint", "orders_total_check", null, ConstraintKind.Check, "total")]
    [InlineData("23P01", "conflicting key value violates exclusion constraint", "orders_during_excl", null, ConstraintKind.Exclusion, null)]
    public void Names_the_violated_constraint(string sqlState, string message, string? constraint, string? column, ConstraintKind kind, string? expectedColumn)
    {
        var cause = Answer(sqlState, message, "orders", column, constraint);

        var exception = Translate<ConstraintViolationException>(cause);

        Assert.Equal((kind, constraint, expectedColumn), (exception.Kind, exception.Constraint, exception.Column));
        Assert.Equal((Database.Neon, "Order"), (exception.Database, exception.Entity));
        Assert.Same(cause, exception.InnerException);
        Assert.StartsWith("Order.InsertAsync in Neon: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("public.orders", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing of the statement was applied.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("42P01", "relation \"public.orders\" does not exist", null, "public.orders")]
    [InlineData("42703", "column \"total\" of relation \"orders\" does not exist", "total", "Order.Total")]
    [InlineData("42703", "column o.total does not exist", "total", "Order.Total")]
    [InlineData("42703", "column \"vat\" does not exist", "vat", "column vat")]
    [InlineData("42703", "column vat does not exist", "vat", "column vat")]
    [InlineData("3F000", "schema \"shop\" does not exist", null, "shop")]
    [InlineData("42704", "type \"citext\" does not exist", null, "citext")]
    [InlineData("42883", "operator does not exist: text = bigint", null, "operator does not exist")]
    [InlineData("42804", "column \"total\" is of type integer but expression is of type numeric", "total", "Order.Total")]
    [InlineData("428C9", "cannot insert a non-DEFAULT value into column \"id\"", "id", "Order.Id")]
    [InlineData("42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification", null, "primary key")]
    public void Names_what_the_schema_lacks(string sqlState, string message, string? column, string named)
    {
        var exception = Translate<SchemaMismatchException>(Answer(sqlState, message));

        Assert.Equal((sqlState, column, "Order"), (exception.SqlState, exception.Column, exception.Entity));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("in Neon", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("22003", "numeric field overflow", null, null, "total")]
    [InlineData("22003", "bigint out of range", null, null, "id")]
    [InlineData("22001", "value too long for type character varying(40)", null, null, "code")]
    [InlineData("22001", "value too long for type character varying(10)", null, null, null)]
    [InlineData("22P02", "invalid input syntax for type uuid: \"x\"", null, null, "user_id")]
    [InlineData("22008", "date/time field value out of range", null, null, "created_at")]
    [InlineData("22007", "invalid input syntax for type timestamp with time zone: \"x\"", null, null, "created_at")]
    [InlineData("22021", "invalid byte sequence for encoding \"UTF8\": 0x00", null, null, null)]
    [InlineData("22P03", "incorrect binary data format in function argument 1", null, "COPY orders, line 3, column total", "total")]
    [InlineData("22003", "numeric field overflow", null, "COPY orders, line 1, column total: \"1e99\"", "total")]
    [InlineData("22003", "smallint out of range", "email", null, "email")]
    public void Names_the_column_whose_value_does_not_fit(string sqlState, string message, string? column, string? where, string? expected)
    {
        var exception = Translate<InvalidEntityException>(Answer(sqlState, message, column: column, where: where));

        Assert.Equal((expected, Database.Neon, "Order"), (exception.Column, exception.Database, exception.Entity));
        Assert.Contains(message.Replace("\"x\"", "\"***\"", StringComparison.Ordinal), exception.Message, StringComparison.Ordinal);
        if (expected is not null)
        {
            Assert.Contains($"column {expected}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("22P02", "invalid input syntax for type integer: \"+66 2 555 0142\"", "invalid input syntax for type integer: \"***\"")]
    [InlineData("22P02", "invalid input value for enum mood: \"a \"quoted\" one\"", "invalid input value for enum mood: \"***\"")]
    [InlineData("22003", "value \"99999999999\" is out of range for type integer", "value \"***\" is out of range for type integer")]
    [InlineData("22007", "ungültige Eingabesyntax für Typ date: »gestern«", "ungültige Eingabesyntax für Typ date: »***«")]
    [InlineData("22P02", "invalid input syntax: \"cut off", "invalid input syntax: \"***")]
    [InlineData("22021", "invalid byte sequence for encoding \"UTF8\": 0x00", "invalid byte sequence for encoding \"UTF8\": 0x00")]
    [InlineData("42P01", "relation \"orders\" does not exist", "relation \"orders\" does not exist")]
    public void A_value_that_a_server_quotes_is_not_told(string sqlState, string message, string told)
    {
        var answer = Answer(sqlState, message);
        Assert.Equal(told, ServerWords.Of(answer));

        // Nor in a log, where the exception within would tell it; what has nothing to hide is logged as it is.
        var failure = new InvalidOperationException("It failed.", answer);
        var logged = ServerWords.Loggable(failure);
        Assert.Equal(told == message, ReferenceEquals(failure, logged));
        Assert.Contains(told, logged.ToString(), StringComparison.Ordinal);
        Assert.Equal(told == message, logged.ToString().Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_the_columns_where_the_type_leaves_several()
    {
        var exception = Translate<InvalidEntityException>(Answer("22001", "value too long for type character varying(10)"));

        Assert.Contains("email, code", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57P01", "terminating connection due to administrator command")]
    [InlineData("53300", "too many connections")]
    [InlineData("08006", "connection failure")]
    [InlineData("28P01", "password authentication failed")]
    [InlineData("3D000", "database \"x\" does not exist")]
    [InlineData("XX000", "Couldn't connect to compute node")]
    [InlineData("08P01", "query_wait_timeout")]
    public void Reports_an_unavailable_database(string sqlState, string message)
        => Assert.Equal(Database.Neon, Translate<DatabaseUnavailableException>(Answer(sqlState, message)).Database);

    [Fact]
    public void Reports_a_broken_connection()
        => Assert.Contains("gone", Translate<DatabaseUnavailableException>(new NpgsqlException("text", new IOException("gone"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Tells_the_option_of_a_command_timeout()
        => Assert.Contains("Neon.CommandTimeout", Translate<DatabaseErrorException>(new NpgsqlException("text", new TimeoutException())).Message, StringComparison.Ordinal);

    [Fact]
    public void Tells_all_whom_a_grant_may_be_missing_of_since_over_rest_there_is_no_login()
    {
        var message = Translate<DatabaseErrorException>(Answer("42501", "permission denied for table notes")).Message;

        Assert.Contains("of the user, of the API key or of the login", message, StringComparison.Ordinal);
        Assert.Contains("policy", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("25P02", "savepoint")]
    [InlineData("40001", "Repeat the whole transaction")]
    [InlineData("40P01", "Repeat the whole transaction")]
    [InlineData("42501", "Grant")]
    [InlineData("25006", "read-only")]
    [InlineData("57014", "statement_timeout")]
    [InlineData("26000", "Neon.AutoPrepare")]
    [InlineData("42P18", "cast")]
    [InlineData("42601", "words")]
    public void Keeps_the_code_of_everything_else(string sqlState, string advice)
    {
        var exception = Translate<DatabaseErrorException>(Answer(sqlState, "words of PostgreSQL"));

        Assert.Equal(sqlState, exception.SqlState);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_column_that_mapping_code_refused()
    {
        var refused = new ColumnValueException("email", "contains the character U+0000", "Remove it.") { RowIndex = 3 };

        var exception = Translate<InvalidEntityException>(refused);

        Assert.Equal(("email", 3, "Order"), (exception.Column, exception.RowIndex, exception.Entity));
        Assert.Equal("Order.InsertAsync in Neon: column email of row 3 contains the character U+0000. Remove it. Nothing was sent.", exception.Message);
    }

    [Fact]
    public void Passes_on_what_is_ours_or_a_cancellation_or_not_of_the_database()
    {
        foreach (var exception in (Exception[])[
            new DualDbException("text"), new OperationCanceledException(), new InvalidOperationException("text"), new ObjectDisposedException("text")])
        {
            Assert.Same(exception, ErrorTranslator.Translate(exception, Database.Neon, Order, "InsertAsync"));
        }
    }

    [Fact]
    public void Names_the_call_where_there_is_no_entity()
    {
        var exception = ErrorTranslator.Translate(Answer("22003", "integer out of range"), Database.Supabase, entity: null, "QueryAsync");

        var error = Assert.IsType<DatabaseErrorException>(exception);
        Assert.Equal("22003", error.SqlState);
        Assert.StartsWith("QueryAsync in Supabase: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_before_repeating_a_write_of_unknown_outcome()
    {
        var exception = ErrorTranslator.OutcomeUnknown(new NpgsqlException("text", new IOException()), Database.Neon, Order, "InsertAsync");

        Assert.Equal((Database.Neon, "Order"), (exception.Database, exception.Entity));
        Assert.Contains("Read the data again", exception.Message, StringComparison.Ordinal);
    }
}
