using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>What is kept for one is given to nobody else, and falls for all.</summary>
public sealed class CacheTests(Estate estate) : IClassFixture<Estate>
{
    private static int _numbers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IShapesDb As(ShapesDb root, Guid user, JsonObject? claims = null) => root.AsUser(UserSession.FromVerifiedToken(Jwt.Of(user, claims)));

    private static UserCard NewCard(Guid owner, string text = "text") => new(Guid.NewGuid(), owner, Guid.NewGuid().ToString("n"), text);

    [Fact]
    public async Task A_row_of_the_service_or_of_a_user_is_no_other_users()
    {
        await using var root = Root();
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice), Token);

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.NotNull(await root.UserCards.FindAsync(card.Id, Token));
            Assert.NotNull(await As(root, Estate.Alice).UserCards.FindAsync(card.Id, Token));
            Assert.Null(await As(root, Estate.Bob).UserCards.FindAsync(card.Id, Token));
            Assert.NotNull(await root.UserCards.FindByCodeAsync(card.Code, Token));
            Assert.NotNull(await As(root, Estate.Alice).UserCards.FindByCodeAsync(card.Code, Token));
            Assert.Null(await As(root, Estate.Bob).UserCards.FindByCodeAsync(card.Code, Token));
            Assert.Single(await As(root, Estate.Alice).UserCards.FindManyAsync([card.Id], Token));
            Assert.Empty(await As(root, Estate.Bob).UserCards.FindManyAsync([card.Id], Token));
            Assert.Equal(1, await As(root, Estate.Alice).UserCards.Where(each => each.Id == card.Id).Cached().CountAsync(Token));
            Assert.Empty(await As(root, Estate.Bob).UserCards.Where(each => each.Id == card.Id).Cached("named").ToListAsync(Token));
            Assert.NotNull(await As(root, Estate.Alice).UserCardOrders.FindAsync(card.Id, Token));
            Assert.Null(await As(root, Estate.Bob).UserCardOrders.FindAsync(card.Id, Token));
            Assert.Empty(await As(root, Estate.Bob).UserCardOrders.ListAsync([card.Id], Token));
            Assert.NotNull(await root.UserCardOrders.FindAsync(card.Id, Token));
        }
    }

    [Fact]
    public async Task What_a_user_was_denied_is_not_denied_to_the_others()
    {
        await using var root = Root();
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice), Token);

        Assert.Null(await As(root, Estate.Bob).UserCards.FindAsync(card.Id, Token));
        Assert.NotNull(await root.UserCards.FindAsync(card.Id, Token));
        Assert.NotNull(await As(root, Estate.Alice).UserCards.FindAsync(card.Id, Token));
    }

    [Fact]
    public async Task A_user_is_answered_from_memory_in_the_next_request()
    {
        await using var root = Root();
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice), Token);
        var first = await As(root, Estate.Alice).UserCards.FindAsync(card.Id, Token);
        var later = root.AsUser(UserSession.FromVerifiedToken(Jwt.Of(Estate.Alice, lifetime: TimeSpan.FromHours(2))));

        Assert.Same(first, await later.UserCards.FindAsync(card.Id, Token));
        Assert.Same(first, Assert.Single(await later.UserCards.FindManyAsync([card.Id], Token)));
    }

    [Fact]
    public async Task Other_claims_are_another_users()
    {
        await using var root = Root();
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice, "red"), Token);

        Assert.Null(await As(root, Estate.Bob).UserCards.FindAsync(card.Id, Token));
        Assert.NotNull(await As(root, Estate.Bob, new JsonObject { ["team"] = "red" }).UserCards.FindAsync(card.Id, Token));
        Assert.Null(await As(root, Estate.Bob, new JsonObject { ["team"] = "blue" }).UserCards.FindAsync(card.Id, Token));
    }

    public static TheoryData<string> Writers => ["service", "alice", "transaction", "sql", "tag", "condition"];

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_write_of_anybody_falls_for_all(string writer)
    {
        await using var root = Root();
        var alice = As(root, Estate.Alice);
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice, "before"), Token);
        var missing = NewCard(Estate.Alice);
        Assert.Null(await alice.UserCards.FindAsync(missing.Id, Token));
        Assert.Null(await alice.UserCards.FindByCodeAsync(missing.Code, Token));
        await WarmAsync(root, card);
        await WarmAsync(alice, card);

        var changed = card with { Text = "after" };
        switch (writer)
        {
            case "service":
                await root.UserCards.UpdateAsync(changed, Token);
                await root.UserCards.InsertAsync(missing, Token);
                break;
            case "alice":
                await As(root, Estate.Alice).UserCards.UpdateAsync(changed, Token);
                await As(root, Estate.Alice).UserCards.InsertAsync(missing, Token);
                break;
            case "transaction":
                await using (var transaction = await alice.BeginSupabaseAsync(Token))
                {
                    await alice.UserCards.UpdateAsync(changed, transaction, Token);
                    await alice.UserCards.InsertAsync(missing, transaction, Token);
                    await transaction.CommitAsync(Token);
                }

                break;
            case "condition":
                await alice.UserCards.Where(each => each.Id == card.Id).UpdateAsync(static set => set.Text("after"), Token);
                await alice.UserCards.InsertAsync(missing, Token);
                break;
            default:
                await estate.Place.ExecuteAsync(Database.Supabase, string.Create(CultureInfo.InvariantCulture, $"update user_cards set text = 'after' where id = '{card.Id}'; insert into user_cards (id, owner_id, code, text) values ('{missing.Id}', '{missing.OwnerId}', '{missing.Code}', 'text')"));
                if (writer is "sql")
                {
                    await root.Cache.InvalidateAsync<UserCard>(card.Id, Token);
                    await root.Cache.InvalidateAsync<UserCard>(missing.Id, Token);
                }
                else
                {
                    await root.Cache.InvalidateAsync<UserCard>(Token);
                }

                break;
        }

        foreach (var db in new[] { root, alice, As(root, Estate.Alice) })
        {
            Assert.Equal("after", (await db.UserCards.FindAsync(card.Id, Token))!.Text);
            Assert.Equal("after", (await db.UserCards.FindByCodeAsync(card.Code, Token))!.Text);
            Assert.Equal("after", Assert.Single(await db.UserCards.Where(each => each.Id == card.Id).Cached().ToListAsync(Token)).Text);
            Assert.Equal("after", (await db.UserCardOrders.GetAsync(card.Id, Token)).Card.Text);
            Assert.NotNull(await db.UserCards.FindAsync(missing.Id, Token));
            Assert.NotNull(await db.UserCards.FindByCodeAsync(missing.Code, Token));
        }
    }

    [Fact]
    public async Task A_deleted_row_is_gone_for_its_user()
    {
        await using var root = Root();
        var alice = As(root, Estate.Alice);
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice), Token);
        await WarmAsync(alice, card);

        await root.UserCards.DeleteAsync(card.Id, Token);

        Assert.Null(await alice.UserCards.FindAsync(card.Id, Token));
        Assert.Null(await alice.UserCards.FindByCodeAsync(card.Code, Token));
        Assert.Null(await alice.UserCardOrders.FindAsync(card.Id, Token));
    }

    [Fact]
    public async Task What_is_declared_shared_is_everybodys()
    {
        await using var root = Root();
        var number = Interlocked.Increment(ref _numbers);
        var station = await root.UserStations.InsertAsync(new UserStation(number, "Bern"), Token);
        await root.UserOrders.InsertAsync(new UserOrder(number, Guid.NewGuid(), number), Token);

        var known = await root.UserStations.FindAsync(station.Id, Token);
        var travel = await root.UserTravels.FindAsync(number, Token);

        Assert.Same(known, await As(root, Estate.Alice).UserStations.FindAsync(station.Id, Token));
        Assert.Same(known, await root.AsUser(UserSession.Anonymous).UserStations.FindAsync(station.Id, Token));
        Assert.Same(travel, await As(root, Estate.Bob).UserTravels.FindAsync(number, Token));
        Assert.Same(await root.UserOrders.FindAsync(number, Token), await As(root, Estate.Bob).UserOrders.FindAsync(number, Token));
    }

    [Fact]
    public async Task Two_users_never_share_a_batch_or_a_reading()
    {
        await using var root = Root();
        var cards = await root.UserCards.InsertManyAsync([.. Enumerable.Range(0, 40).Select(static number => NewCard(number % 2 == 0 ? Estate.Alice : Estate.Bob))], Token);
        var alice = As(root, Estate.Alice);
        var bob = As(root, Estate.Bob);

        UserCard?[] forAlice;
        UserCard?[] forBob;
        await using (alice.BeginBatching())
        {
            await using var inner = bob.BeginBatching();
            var first = cards.Select(card => alice.UserCards.FindAsync(card.Id, Token).AsTask()).ToArray();
            var second = cards.Select(card => bob.UserCards.FindAsync(card.Id, Token).AsTask()).ToArray();
            forAlice = await Task.WhenAll(first);
            forBob = await Task.WhenAll(second);
        }

        Assert.All(forAlice.OfType<UserCard>(), static card => Assert.Equal(Estate.Alice, card.OwnerId));
        Assert.All(forBob.OfType<UserCard>(), static card => Assert.Equal(Estate.Bob, card.OwnerId));
        Assert.Equal((20, 20), (forAlice.OfType<UserCard>().Count(), forBob.OfType<UserCard>().Count()));
    }

    [Fact]
    public async Task A_token_with_other_claims_begins_anew()
    {
        await using var root = Root();
        var card = await root.UserCards.InsertAsync(NewCard(Estate.Alice, "red"), Token);
        var token = Jwt.Of(Estate.Bob);
        var bob = root.AsUser(() => token);

        Assert.Null(await bob.UserCards.FindAsync(card.Id, Token));
        token = Jwt.Of(Estate.Bob, new JsonObject { ["team"] = "red" });
        Assert.NotNull(await bob.UserCards.FindAsync(card.Id, Token));
        token = Jwt.Of(Estate.Bob);
        Assert.Null(await bob.UserCards.FindAsync(card.Id, Token));
    }

    private static async Task WarmAsync(IShapesDb db, UserCard card)
    {
        Assert.NotNull(await db.UserCards.FindAsync(card.Id, Token));
        Assert.NotNull(await db.UserCards.FindByCodeAsync(card.Code, Token));
        Assert.Single(await db.UserCards.Where(each => each.Id == card.Id).Cached().ToListAsync(Token));
        Assert.NotNull(await db.UserCardOrders.FindAsync(card.Id, Token));
    }

    private ShapesDb Root() => estate.Open(estate.SupabaseAddress);
}
