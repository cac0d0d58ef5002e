using System.Globalization;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Results that come in hundreds of answers, and servers that answer with other rows than those that were asked for.</summary>
public sealed class ManyAnswersTests
{
    private const int PerAnswer = 5;
    private const int Answers = 400;
    private const int LongestAddress = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_does_not_grow_with_the_answers_before_it()
    {
        foreach (var work in new Func<ShapesDb, Task<int>>[]
        {
            static async db => (await db.RestEntries.AllRows().ToListAsync(Token)).Count, static async db => (await db.RestEntries.ListAsync(10_000, Token)).Count,
            static async db => (await db.RestEntries.Where(static o => o.Level == 2).ToListAsync(Token)).Count, static async db => await db.RestEntries.AllRows().StreamAsync(Token).CountAsync(Token),
            static async db => await db.RestEntries.Where(static o => o.Level == 2).StreamAsync(Token).CountAsync(Token),
        })
        {
            await using var server = Serve(static number => Reply.Row.Replace("\"id\":\"a\"", string.Create(CultureInfo.InvariantCulture, $"\"id\":\"{number:d6}\""), StringComparison.Ordinal));
            await using var db = FaultyPlace.Open(server);

            Assert.Equal(PerAnswer * Answers, await FaultyPlace.WithinDeadline(work(db)));
            Assert.Equal(Answers + 1, server.Received.Count);
            Assert.All(server.Received, static request => Assert.True(request.Address.Length < LongestAddress, request.Address));
        }
    }

    [Fact]
    public async Task Neither_does_one_that_goes_by_several_columns()
    {
        await using var server = Serve(static number => string.Create(CultureInfo.InvariantCulture, $$"""{"left":{{number / 3}},"right":"{{number % 3}}","note":null}"""));
        await using var db = FaultyPlace.Open(server);

        Assert.Equal(PerAnswer * Answers, (await FaultyPlace.WithinDeadline(db.SupabasePairKeys.AllRows().ToListAsync(Token))).Count);
        Assert.All(server.Received, static request => Assert.True(request.Address.Length < LongestAddress, request.Address));
        Assert.Contains("%22666%22", server.Received[^1].Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_is_taken_than_was_asked_for()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, """[{"c0":1},{"c0":2},{"c0":3}]"""));
        await using var db = FaultyPlace.Open(server);

        Assert.Equal([1, 2], await FaultyPlace.WithinDeadline(db.RestEntries.AllRows().Take(2).Select(static o => o.Number).ToListAsync(Token)));
        Assert.Equal([1, 2], await FaultyPlace.WithinDeadline(db.RestEntries.AllRows().Take(2).Select(static o => o.Number).StreamAsync(Token).ToListAsync(Token).AsTask()));
        Assert.Equal(2, server.Received.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Content-Range: 0-2/*")]
    public async Task A_server_that_answers_the_same_again_and_again_is_told(string? range)
    {
        string[] headers = range is null ? [] : [range];
        await using var values = ScriptedServer.Start(Reply.Json(200, """[{"c0":1},{"c0":2},{"c0":3}]""", headers));
        await using var rows = ScriptedServer.Start(Reply.Json(200, $"[{Reply.Row}]", headers));
        await using var ofValues = FaultyPlace.Open(values);
        await using var ofRows = FaultyPlace.Open(rows);

        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofValues.RestEntries.AllRows().Select(static o => o.Number).ToListAsync(Token), "ToListAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofValues.RestEntries.AllRows().Select(static o => o.Number).StreamAsync(Token).CountAsync(Token).AsTask(), "StreamAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofRows.RestEntries.AllRows().ToListAsync(Token), "ToListAsync");
        await FaultyPlace.FailureAsync<DatabaseErrorException>(() => ofRows.RestEntries.AllRows().StreamAsync(Token).CountAsync(Token).AsTask(), "StreamAsync");
    }

    [Fact]
    public async Task Numbers_that_are_equal_are_one_of_the_distinct()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, """[{"c0":1.0},{"c0":1.00},{"c0":2},{"c0":1},{"c0":10}]"""), Reply.Json(200, "[]"));
        await using var db = FaultyPlace.Open(server);

        Assert.Equal([1, 2, 10], await FaultyPlace.WithinDeadline(db.RestEntries.AllRows().Select(static o => o.Number).Distinct().ToListAsync(Token)));
    }

    private static ScriptedServer Serve(Func<int, string> row)
        => ScriptedServer.Start((_, answer) => Reply.Json(200, answer > Answers ? "[]" : "[" + string.Join(',', Enumerable.Range((answer - 1) * PerAnswer, PerAnswer).Select(row)) + "]"));
}
