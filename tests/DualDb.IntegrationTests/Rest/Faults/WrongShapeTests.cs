namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Answers of success that are not what was asked for.</summary>
public sealed class WrongShapeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}")]
    [InlineData(Reply.Row)]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("[null]")]
    [InlineData("[{\"id\":\"a\"}]")]
    [InlineData("[{}]")]
    [InlineData("[{\"id\":\"a\",]")]
    [InlineData(Reply.Page)]
    public async Task What_are_no_rows_of_the_entity_is_told(string body)
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, body));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        Assert.Single(server.Received);
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.Where(static o => o.Number > 0).ToListAsync(Token), "ToListAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindManyAsync(["a", "b"], Token), "FindManyAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ReadAsync(db.RestEntries.AllRows().StreamAsync(Token)), "StreamAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.AllRows().Select(static o => o.Number).ToListAsync(Token), "ToListAsync");
    }

    [Theory]
    [InlineData("\"number\":1", "\"number\":\"many\"", "number")]
    [InlineData("\"number\":1", "\"number\":{}", "number")]
    [InlineData("\"number\":1", "\"number\":true", "number")]
    [InlineData("\"number\":1", "\"number\":1.5", "number")]
    [InlineData("\"number\":1", "\"number\":null", "number")]
    [InlineData("\"number\":1", "\"number\":2147483648", "number")]
    [InlineData("\"number\":1", "\"number\":1e400", "number")]
    [InlineData("\"level\":2", "\"level\":40000", "level")]
    [InlineData("\"note\":\"n\"", "\"note\":5", "note")]
    [InlineData("\"note\":\"n\"", "\"note\":true", "note")]
    [InlineData("\"note\":\"n\"", "\"note\":{\"a\":1}", "note")]
    [InlineData("\"note\":\"n\"", "\"note\":[\"n\"]", "note")]
    [InlineData("\"note\":\"n\"", "\"note\":\"\\ud800\"", "note")]
    [InlineData("\"note\":\"n\"", "\"note\":\"\\q\"", "note")]
    [InlineData("\"weather\":\"Calm\"", "\"weather\":5", "weather")]
    [InlineData("\"weather\":\"Calm\"", "\"weather\":\"Foggy\"", "weather")]
    [InlineData("\"weather\":\"Calm\"", "\"weather\":null", "weather")]
    [InlineData("\"at\":null", "\"at\":\"yesterday\"", "at")]
    [InlineData("\"at\":null", "\"at\":\"0044-03-15T00:00:00+00:00 BC\"", "at")]
    [InlineData("\"at\":null", "\"at\":5", "at")]
    [InlineData("\"id\":\"a\"", "\"id\":null", "id")]
    public async Task A_value_that_its_member_cannot_hold_is_told(string right, string wrong, string column)
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, $"[{Reply.Row.Replace(right, wrong, StringComparison.Ordinal)}]"));
        await using var db = FaultyPlace.Open(server);

        var failure = await FaultyPlace.FailureAsync<RowMappingException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        Assert.Equal(column, failure.Column);
        Assert.Single(server.Received);
        await FaultyPlace.FailureAsync<RowMappingException>(() => db.RestEntries.ListAsync(3, Token), "ListAsync");
        await FaultyPlace.FailureAsync<RowMappingException>(() => ReadAsync(db.RestEntries.AllRows().StreamAsync(Token)), "StreamAsync");
    }

    [Theory]
    [InlineData("\"many\"")]
    [InlineData("2147483648")]
    [InlineData("null")]
    public async Task A_selected_value_that_its_type_cannot_hold_is_told(string wrong)
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, "[{\"number\":" + wrong + "}]"), Reply.Json(200, "[{\"c0\":" + wrong + "}]"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.WithinDeadline(Assert.ThrowsAnyAsync<DualDbException>(() => db.RestEntries.AllRows().Select(static o => o.Number).ToListAsync(Token)));
        await FaultyPlace.FailureAsync<RowMappingException>(() => db.RestEntries.AllRows().Select(static o => o.Number).ToListAsync(Token), "ToListAsync");
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\q\"")]
    [InlineData("5")]
    [InlineData("[]")]
    public async Task A_selected_text_that_is_none_is_told(string wrong)
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, "[{\"c0\":" + wrong + "}]"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<RowMappingException>(() => db.RestEntries.AllRows().Select(static o => o.Note).ToListAsync(Token), "ToListAsync");
        await FaultyPlace.FailureAsync<RowMappingException>(() => db.RestEntries.AllRows().Select(static o => o.Note).StreamAsync(Token).CountAsync(Token).AsTask(), "StreamAsync");
        if (wrong[0] == '"')
        {
            await using var function = ScriptedServer.Start(Reply.Json(200, wrong));
            await using var caller = FaultyPlace.Open(function);
            var failure = await Assert.ThrowsAsync<RowMappingException>(() => caller.Supabase.RpcAsync<string>("echo", cancellationToken: Token));
            Assert.Contains("public.echo", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_count_without_a_number_is_told()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(200));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.CountAsync(Token), "CountAsync");
    }

    [Fact]
    public async Task Members_in_another_order_and_others_are_read_all_the_same()
    {
        await using var server = ScriptedServer.Start(
            Reply.Json(200, """ [ {"at" : "2026-01-02T03:04:05+00:00", "more":{"a":[1,{}]}, "level":2,"weather":"Stormy","number":1.0,"note":"\ud83d\ude42","id":"a"} ] """));
        await using var db = FaultyPlace.Open(server);

        Assert.Equal(
            new RestEntry("a", "🙂", 1, Weather.Stormy, 2, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
            await FaultyPlace.WithinDeadline(db.RestEntries.FindAsync("a", Token).AsTask()));
    }

    private static async Task ReadAsync(IAsyncEnumerable<RestEntry> rows)
    {
        await foreach (var _ in rows)
        {
            // The failure is what counts.
        }
    }
}
