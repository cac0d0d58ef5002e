using System.Diagnostics;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Servers that fail for a while, or for good: reads are repeated, and end in any case.</summary>
public sealed class TransientFaultTests
{
    private static readonly Dictionary<string, Reply> Faults = new(StringComparer.Ordinal)
    {
        ["503"] = Reply.Empty(503),
        ["503 of PostgREST"] = Reply.Json(503, """{"code":"PGRST002","details":null,"hint":null,"message":"Could not query the database for the schema cache. Retrying."}"""),
        ["503 of a gateway with a message"] = Reply.Json(503, """{"message":"name resolution failed"}"""),
        ["504 of PostgREST"] = Reply.Json(504, """{"code":"PGRST003","details":null,"hint":null,"message":"Timed out acquiring connection from connection pool."}"""),
        ["520"] = Reply.Html(520),
        ["522"] = Reply.Html(522),
        ["502 with a page"] = Reply.Html(502),
        ["429"] = Reply.Empty(429),
        ["429 with a message"] = Reply.Json(429, """{"message":"Too many requests"}"""),
        ["503 with a code of the gateway's"] = Reply.Json(503, """{"code":"UPSTREAM_DOWN","message":"no upstream"}"""),
        ["502 with a number for a code"] = Reply.Json(502, """{"code":502,"message":"bad gateway"}"""),
        ["504 with a code of five letters"] = Reply.Json(504, """{"code":"ERROR","error":"timeout"}"""),
        ["429 with a code of the gateway's"] = Reply.Json(429, """{"code":"over_request_rate_limit","message":"slow down"}"""),
        ["an answer that is no gzip"] = Reply.Json(200, $"[{Reply.Row}]", "Content-Encoding: gzip"),
        ["an answer that is no brotli"] = Reply.Json(200, $"[{Reply.Row}]", "Content-Encoding: br"),
        ["an answer that is no deflate"] = Reply.Json(200, $"[{Reply.Row}]", "Content-Encoding: deflate"),
        ["an answer cut off"] = Reply.OneRow.CutOff(Ending.Close),
        ["no answer but a closed connection"] = Reply.Closed,
        ["an answer that ends before its array"] = Reply.Json(200, "[" + Reply.Row),
        ["an empty answer"] = Reply.Empty(200),
        ["the database starting"] = Reply.Json(503, """{"code":"57P03","details":null,"hint":null,"message":"the database system is starting up"}"""),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_read_outlives_two_faults(string fault)
    {
        await using var server = ScriptedServer.Start(Faults[fault], Faults[fault], Reply.OneRow);
        await using var db = FaultyPlace.Open(server);

        Assert.Equal("a", (await FaultyPlace.WithinDeadline(db.RestEntries.FindAsync("a", Token).AsTask()))!.Id);
        Assert.Equal(3, server.Received.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_fault_that_stays_is_told(string fault)
    {
        await using var server = ScriptedServer.Start(Faults[fault]);
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");

        // A connection that is closed without an answer makes HttpClient ask anew by itself.
        Assert.True(server.Received.Count == FaultyPlace.Attempts || (Faults[fault] == Reply.Closed && server.Received.Count > FaultyPlace.Attempts), $"{server.Received.Count} requests");
    }

    [Fact]
    public async Task Every_way_of_reading_outlives_a_fault()
    {
        await using var server = ScriptedServer.Start(static (request, number) => number % 2 == 1 ? Reply.Empty(503)
            : request.Method == "HEAD" ? Reply.Empty(206, "Content-Range: */7")
            : request.Address.Contains("offset=", StringComparison.Ordinal) ? Reply.Json(200, "[]") : Reply.OneRow);
        await using var db = FaultyPlace.Open(server);

        Assert.Single(await FaultyPlace.WithinDeadline(db.RestEntries.ListAsync(1, Token)));
        Assert.Equal(7, await FaultyPlace.WithinDeadline(db.RestEntries.CountAsync(Token)));
        Assert.Single(await FaultyPlace.WithinDeadline(db.RestEntries.Where(static o => o.Number == 1).Take(1).ToListAsync(Token)));
        Assert.Single(await FaultyPlace.WithinDeadline(db.RestEntries.FindManyAsync(["a"], Token)));
        Assert.Equal(1, await FaultyPlace.WithinDeadline(CountAsync(db.RestEntries.AllRows().Take(1).StreamAsync(Token))));
    }

    [Fact]
    public async Task A_stream_that_breaks_behind_its_first_row_is_not_begun_again()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, $"[{Reply.Row},{Reply.Row}]").CutOff(Ending.Close));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => CountAsync(db.RestEntries.AllRows().StreamAsync(Token)), "StreamAsync");
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_stream_of_no_json_is_told()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, $"[{Reply.Row},oops]"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => CountAsync(db.RestEntries.AllRows().StreamAsync(Token)), "StreamAsync");
    }

    [Theory]
    [InlineData("Retry-After: 1")]
    [InlineData("Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:00:01 GMT")]
    public async Task A_server_that_names_a_time_is_not_asked_before_it(string header)
    {
        await using var server = ScriptedServer.Start(Reply.Empty(429, header), Reply.Empty(503, header), Reply.OneRow);
        await using var db = FaultyPlace.Open(server, static options => options.MaxRetryDelay = TimeSpan.FromSeconds(10));

        Assert.NotNull(await FaultyPlace.WithinDeadline(db.RestEntries.FindAsync("a", Token).AsTask()));
        var times = server.Received.Select(static request => request.At).ToArray();
        Assert.True(Stopwatch.GetElapsedTime(times[0], times[1]) > TimeSpan.FromSeconds(0.9));
        Assert.True(Stopwatch.GetElapsedTime(times[1], times[2]) > TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_longest_pause()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(429, "Retry-After: 3600"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseUnavailableException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = ScriptedServer.Start(Reply.Silent);
        await using var db = FaultyPlace.Open(server, static options => options.CommandTimeout = TimeSpan.FromSeconds(1));

        var failure = await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        Assert.Contains("CommandTimeout", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_given_up()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, $"[{Reply.Row},{Reply.Row}]").CutOff(Ending.Hang));
        await using var db = FaultyPlace.Open(server, static options => options.CommandTimeout = TimeSpan.FromSeconds(1));

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.ListAsync(5, Token), "ListAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => CountAsync(db.RestEntries.AllRows().StreamAsync(Token)), "StreamAsync");
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_let_go()
    {
        await using var server = ScriptedServer.Start(Reply.Silent);
        await using var db = FaultyPlace.Open(server);
        using var patience = new CancellationTokenSource();

        var find = db.RestEntries.FindAsync("a", patience.Token).AsTask();
        var insert = db.RestEntries.InsertAsync(new RestEntry("b", Note: null, 1, Weather.Calm), patience.Token);
        await patience.CancelAsync();

        await FaultyPlace.WithinDeadline(Assert.ThrowsAnyAsync<OperationCanceledException>(() => find));
        await FaultyPlace.WithinDeadline(Assert.ThrowsAnyAsync<OperationCanceledException>(() => insert));
    }

    [Fact]
    public async Task No_redirection_takes_the_key_elsewhere()
    {
        await using var other = ScriptedServer.Start(Reply.OneRow);
        await using var server = ScriptedServer.Start(Reply.Empty(307, $"Location: {other.Url}/"));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => db.RestEntries.FindAsync("a", Token).AsTask(), "FindAsync");
        Assert.Empty(other.Received);
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<RestEntry> rows)
    {
        var count = 0;
        await foreach (var _ in rows)
        {
            count++;
        }

        return count;
    }
}
