using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Writes whose reply never came: sent once, and told as what they are.</summary>
public sealed class LostReplyTests
{
    private static readonly RestEntry Entry = new("a", "n", 1, Weather.Calm, 2);

    private static readonly Dictionary<string, Func<ShapesDb, Task>> Writes = new(StringComparer.Ordinal)
    {
        ["InsertAsync"] = static db => db.RestEntries.InsertAsync(Entry, Token),
        ["InsertManyAsync"] = static db => db.RestEntries.InsertManyAsync([Entry, Entry with { Id = "b" }], Token),
        ["UpsertAsync"] = static db => db.RestEntries.UpsertAsync(Entry, Token),
        ["UpdateAsync"] = static db => db.RestEntries.UpdateAsync(Entry, Token),
        ["PatchAsync"] = static db => db.RestEntries.PatchAsync("a", static set => set.Number(2), Token),
        ["DeleteAsync"] = static db => db.RestEntries.DeleteAsync("a", Token),
    };

    public static TheoryData<string> Names => [.. Writes.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_was_sent_and_not_answered_may_have_been_applied(string operation)
    {
        foreach (var reply in new[]
        {
            Reply.Closed, Reply.OneRow.CutOff(Ending.Close), Reply.Html(502), Reply.Empty(504), Reply.Html(200), Reply.Json(502, """{"code":"UPSTREAM_DOWN","message":"no upstream"}"""),
            Reply.Json(200, $"[{Reply.Row}]", "Content-Encoding: gzip"), Reply.Json(200, $"[{Reply.Row}]", "Content-Encoding: br"),
            Reply.Json(503, """{"code":"08006","details":null,"hint":null,"message":"server closed the connection unexpectedly"}"""),
        })
        {
            await using var server = ScriptedServer.Start(reply);
            await using var db = FaultyPlace.Open(server);

            await FaultyPlace.FailureAsync<CommitOutcomeUnknownException>(() => Writes[operation](db), operation);
            Assert.Single(server.Received, static request => !request.IsRead);
        }
    }

    [Fact]
    public async Task A_write_that_is_not_answered_in_time_may_have_been_applied()
    {
        await using var server = ScriptedServer.Start(Reply.Silent);
        await using var db = FaultyPlace.Open(server, static options => options.CommandTimeout = TimeSpan.FromSeconds(1));

        await FaultyPlace.FailureAsync<CommitOutcomeUnknownException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
        Assert.Single(server.Received);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_was_turned_away_was_not_applied(string operation)
    {
        var replies = new[]
        {
            Reply.Empty(429, "Retry-After: 1"),
            Reply.Json(503, """{"code":"PGRST002","details":null,"hint":null,"message":"Could not query the database for the schema cache. Retrying."}"""),
            Reply.Json(504, """{"code":"PGRST003","details":null,"hint":null,"message":"Timed out acquiring connection from connection pool."}"""),
        };
        foreach (var reply in replies)
        {
            await using var server = ScriptedServer.Start(reply);
            await using var db = FaultyPlace.Open(server);

            await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => Writes[operation](db), operation);
            Assert.Single(server.Received, static request => !request.IsRead);
        }
    }

    [Fact]
    public async Task What_was_never_sent_was_not_applied()
    {
        var server = ScriptedServer.Start(Reply.OneRow);
        await using var db = FaultyPlace.Open(server);
        await server.DisposeAsync();

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
    }
}
