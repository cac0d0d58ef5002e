using System.Collections.Concurrent;
using System.Diagnostics;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>What servers say of a failure reaches the user, wherever they say it, and nothing that was secret.</summary>
public sealed class WordsTests
{
    private static readonly RestEntry Entry = new("a", "n", 1, Weather.Calm, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_candidates_of_an_ambiguity_are_told()
    {
        await using var server = ScriptedServer.Start(Reply.Json(300, """
            {"code":"PGRST201","details":[{"cardinality":"many-to-one","embedding":"a with b","relationship":"first_fkey using a(b_id)"}],"hint":"Try changing 'b' to 'b!first_fkey'.","message":"Could not embed."}
            """));
        await using var db = FaultyPlace.Open(server);

        var failure = await FaultyPlace.FailureAsync<SchemaMismatchException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        foreach (var word in new[] { "PGRST201", "Could not embed", "first_fkey using a(b_id)", "b!first_fkey" })
        {
            Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Details_of_other_errors_are_told()
    {
        await using var server = ScriptedServer.Start(
            Reply.Json(400, """{"code":"PGRST100","details":"unexpected end of input","hint":null,"message":"failed to parse"}"""),
            Reply.Json(401, """{"code":"PGRST301","details":"None of the keys was able to decode the JWT","hint":null,"message":"No suitable key"}"""));
        await using var db = FaultyPlace.Open(server);

        Assert.Contains("unexpected end of input", (await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync")).Message, StringComparison.Ordinal);
        Assert.Contains("None of the keys", (await FaultyPlace.FailureAsync<AccessTokenException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_a_gateway_repeats_is_left_out()
    {
        const string Words = $$"""{"code":"denied","message":"No rights for {{FaultyPlace.Key}}","details":"{{FaultyPlace.Key}}","hint":"not {{FaultyPlace.Key}}"}""";
        await using var server = ScriptedServer.Start(Reply.Json(403, Words), Reply.Json(401, Words), Reply.Json(503, Words));
        await using var db = FaultyPlace.Open(server);

        var failure = await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        Assert.Contains("No rights for ***", failure.Message, StringComparison.Ordinal);
        await FaultyPlace.FailureAsync<AccessTokenException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
    }

    [Fact]
    public async Task A_code_without_words_says_what_it_is()
    {
        await using var cancelled = ScriptedServer.Start(Reply.Empty(500, "Proxy-Status: PostgREST; error=57014"));
        await using var broken = ScriptedServer.Start(Reply.Empty(503, "Proxy-Status: PostgREST; error=08006"));
        await using var denied = ScriptedServer.Start(static (request, _) => request.Method == "HEAD"
            ? Reply.Empty(403, "Proxy-Status: PostgREST; error=42501")
            : Reply.Json(403, """{"code":"42501","message":"permission denied for table rest_entries","details":null,"hint":null}"""));
        await using var ofCancelled = FaultyPlace.Open(cancelled);
        await using var ofBroken = FaultyPlace.Open(broken);
        await using var ofDenied = FaultyPlace.Open(denied);

        Assert.Equal("57014", (await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofCancelled.RestEntries.CountAsync(Token), "CountAsync")).SqlState);
        Assert.Single(cancelled.Received);
        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => ofBroken.RestEntries.CountAsync(Token), "CountAsync");
        Assert.Equal(FaultyPlace.Attempts, broken.Received.Count);
        Assert.Contains("permission denied", (await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofDenied.RestEntries.CountAsync(Token), "CountAsync")).Message, StringComparison.Ordinal);
        Assert.Equal(2, denied.Received.Count);
    }

    [Fact]
    public async Task A_refusal_that_breaks_off_is_one_all_the_same()
    {
        const string Refusal = """{"code":"23505","message":"duplicate key value violates unique constraint \"rest_entries_pkey\"","details":"Key (id)=(a) already exists.","hint":null}""";
        await using var server = ScriptedServer.Start(Reply.Json(409, Refusal).CutOff(Ending.Close), Reply.Json(409, Refusal, "Content-Encoding: gzip"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<ConstraintViolationException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
    }

    [Fact]
    public async Task A_request_that_gets_no_answer_is_traced_as_a_failure()
    {
        var traced = new ConcurrentBag<Activity>();
        using var test = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == DualDbTelemetry.RestSourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = traced.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = ScriptedServer.Start(Reply.Closed);
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<CommitOutcomeUnknownException>(() => db.RestEntries.InsertAsync(Entry, Token), "InsertAsync");
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(traced, activity => activity.TraceId == test.TraceId).Status);
    }
}
