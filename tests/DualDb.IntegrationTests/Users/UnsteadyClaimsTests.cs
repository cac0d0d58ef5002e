using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Rest.Faults;

namespace DualDb.IntegrationTests.Users;

/// <summary>Users whose every call brings a token with claims of its own: nothing can be kept for them, and nothing may wait for it.</summary>
public sealed class UnsteadyClaimsTests(Estate estate) : IClassFixture<Estate>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_sql_each_call_reads_past_the_cache()
    {
        await using var root = estate.Open(estate.SupabaseAddress);
        var card = await root.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "text"), Token);
        var alice = root.AsUser(Mint);

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.NotNull(await Soon(alice.UserCards.FindAsync(card.Id, Token).AsTask()));
            Assert.NotNull(await Soon(alice.UserCards.FindByCodeAsync(card.Code, Token).AsTask()));
            Assert.Equal(2, (await Soon(alice.UserCards.FindManyAsync([card.Id, Guid.NewGuid(), card.Id], Token))).Count);
            Assert.Single(await Soon(alice.UserCards.Where(each => each.Id == card.Id).Cached().ToListAsync(Token)));
            Assert.Equal(1, await Soon(alice.UserCards.Where(each => each.Id == card.Id).Cached().CountAsync(Token)));
            Assert.NotNull(await Soon(alice.UserCardOrders.FindAsync(card.Id, Token).AsTask()));
            Assert.Equal(2, (await Soon(alice.UserCardOrders.ListAsync([card.Id, Guid.NewGuid(), card.Id], Token))).Count);
        }

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => Assert.NotNull(await Soon(alice.UserCards.FindAsync(card.Id, Token).AsTask()))));
    }

    [Fact]
    public async Task Over_rest_each_call_becomes_one_request()
    {
        var id = Guid.NewGuid();
        await using var server = ScriptedServer.Start(Reply.Json(200, $$"""[{"id":"{{id}}","owner_id":"{{Estate.Alice}}","code":"c","text":"red"}]"""));
        await using var root = FaultyPlace.Open(server);
        var alice = root.AsUser(Mint);
        Assert.NotNull(await Soon(alice.UserCards.FindAsync(id, Token).AsTask()));
        var before = server.Received.Count;

        Assert.NotNull(await Soon(alice.UserCards.FindAsync(id, Token).AsTask()));

        Assert.Equal(before + 1, server.Received.Count);
        Assert.InRange(before, 1, 3);
    }

    [Fact]
    public async Task Who_comes_to_rest_is_answered_from_memory_again()
    {
        await using var root = estate.Open(estate.SupabaseAddress);
        var card = await root.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "text"), Token);
        string? steady = null;
        var alice = root.AsUser(() => steady ?? Mint());
        Assert.NotNull(await Soon(alice.UserCards.FindAsync(card.Id, Token).AsTask()));
        Assert.NotSame(await alice.UserCards.FindAsync(card.Id, Token), await alice.UserCards.FindAsync(card.Id, Token));

        steady = Mint();
        await alice.UserCards.FindAsync(card.Id, Token);
        await alice.UserCards.FindAsync(card.Id, Token);

        Assert.Same(await alice.UserCards.FindAsync(card.Id, Token), await alice.UserCards.FindAsync(card.Id, Token));
    }

    [Fact]
    public async Task Who_gives_up_is_let_go()
    {
        await using var root = estate.Open(estate.SupabaseAddress);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var calls = 0;
        var alice = root.AsUser(() =>
        {
            if (++calls == 2)
            {
                source.Cancel();
            }

            return Mint();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(alice.UserCards.FindAsync(Guid.NewGuid(), source.Token).AsTask()));
    }

    private static string? Mint() => Jwt.Of(Estate.Alice, new JsonObject { ["nonce"] = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture) });

    private static Task<T> Soon<T>(Task<T> call) => call.WaitAsync(TimeSpan.FromSeconds(20), Token);
}
