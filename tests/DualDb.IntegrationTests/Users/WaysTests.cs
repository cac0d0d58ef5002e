using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>Every way to the server is the user's, and ends with him.</summary>
public sealed class WaysTests(Estate estate) : IClassFixture<Estate>
{
    private static readonly UserSession Alice = UserSession.FromVerifiedToken(Jwt.Of(Estate.Alice));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed record Identity(string Role);

    [Fact]
    public async Task Raw_statements_are_the_users()
    {
        var db = estate.Service.AsUser(Alice).Supabase;

        Assert.Equal("authenticated", await db.ExecuteScalarAsync<string>($"select current_user::text", Token));
        Assert.Equal(Estate.Alice, await db.ExecuteScalarAsync<Guid>($"select auth.uid()", Token));
        Assert.Equal("authenticated", Assert.Single(await db.QueryAsync<Identity>($"select current_user::text as role", Token)).Role);
        Assert.Equal("authenticated", (await db.QuerySingleOrDefaultAsync<Identity>($"select auth.role() as role", Token))!.Role);
        await foreach (var identity in db.StreamAsync<Identity>($"select current_user::text as role", Token))
        {
            Assert.Equal("authenticated", identity.Role);
        }

        await db.PingAsync(Token);
    }

    [Fact]
    public async Task A_raw_statement_counts_its_own_rows()
    {
        var db = estate.Service.AsUser(Alice).Supabase;
        var id = Guid.NewGuid();

        Assert.Equal(1, await db.ExecuteAsync($"insert into user_notes (id, owner_id, text, is_public, version) values ({id}, {Estate.Alice}, 'raw', false, 1)", Token));
        Assert.Equal(0, await db.ExecuteAsync($"delete from user_notes where id = {id} and owner_id = {Estate.Bob}", Token));
        Assert.Equal(1, await db.ExecuteAsync($"delete from user_notes where id = {id}", Token));
        Assert.Equal(-1, await db.ExecuteAsync($"select 1", Token));
    }

    [Fact]
    public async Task A_transaction_is_the_users_to_its_end()
    {
        var db = estate.Service.AsUser(Alice);
        await using var transaction = await db.BeginSupabaseAsync(Token);
        Assert.Equal("authenticated", await transaction.ExecuteScalarAsync<string>($"select current_user::text", Token));
        var note = await db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Alice, "kept", IsPublic: false), transaction, Token);
        await using (await transaction.SavepointAsync("before the refusal", Token))
        {
            await Assert.ThrowsAsync<DatabaseErrorException>(() => db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Bob, "refused", IsPublic: false), transaction, Token));
        }

        Assert.Equal(Estate.Alice, await transaction.ExecuteScalarAsync<Guid>($"select auth.uid()", Token));
        await transaction.CommitAsync(Token);

        Assert.NotNull(await db.UserNotes.FindAsync(note.Id, Token));
        Assert.Equal("postgres", await estate.Service.Supabase.ExecuteScalarAsync<string>($"select current_user::text", Token));
    }

    [Fact]
    public async Task A_transaction_of_another_is_refused()
    {
        var alice = estate.Service.AsUser(Alice);
        await using var ofNobody = await estate.Service.BeginSupabaseAsync(Token);
        await using var ofAlice = await alice.BeginSupabaseAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => alice.UserNotes.CountAsync(ofNobody, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => estate.Service.UserNotes.CountAsync(ofAlice, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in alice.UserNotes.AllRows().In(ofNobody).StreamAsync(Token))
            {
            }
        });
    }

    [Fact]
    public async Task What_cannot_be_a_users_is_refused()
    {
        var db = estate.Service.AsUser(Alice);

        await Assert.ThrowsAsync<NotSupportedException>(async () => await db.Supabase.GetDataSourceAsync(Token));
        await Assert.ThrowsAsync<NotSupportedException>(() => db.CreateTablesAsync(Token));
        Assert.True((await db.Supabase.GetEndpointAsync(Token)).ServerVersion.Major > 0);
    }

    [Fact]
    public async Task What_policies_hide_is_left_alone_and_what_is_not_granted_is_refused()
    {
        await estate.Service.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "card"), Token);
        var stranger = estate.Service.AsUser(UserSession.Anonymous);

        var refusal = await Assert.ThrowsAsync<DatabaseErrorException>(() => stranger.UserCards.AllRows().DeleteAsync(Token));
        await estate.Service.Supabase.ExecuteAsync($"grant select, delete on user_cards to anon", Token);

        Assert.Equal("42501", refusal.SqlState);
        Assert.Equal(0, await stranger.UserCards.AllRows().DeleteAsync(Token));
        Assert.True(await estate.Service.UserCards.CountAsync(Token) > 0);
    }

    [Fact]
    public async Task The_end_of_an_acting_root_closes_nothing()
    {
        await using (estate.Service.AsUser(Alice))
        {
        }

        using (estate.Service.AsUser(Alice))
        {
        }

        await estate.Service.Supabase.PingAsync(Token);
        await estate.Service.Neon.PingAsync(Token);
        Assert.NotNull(estate.Service.Cache.GetStatistics());
    }

    [Fact]
    public async Task Another_user_takes_the_place_of_the_first()
    {
        var bob = estate.Restricted.AsUser(Alice).AsUser(new UserSession(Estate.Bob));

        Assert.Equal(Estate.Bob, await bob.Supabase.ExecuteScalarAsync<Guid>($"select auth.uid()", Token));
    }

    [Fact]
    public async Task A_role_that_the_login_role_may_not_take_is_told()
    {
        await using var root = estate.Open(estate.RestrictedAddress, static options => options.Supabase.UserRoles.Add("ungranted"));
        await using var other = estate.Open(estate.RestrictedAddress, static options => options.Supabase.UserRoles.Add("no such role"));

        var failure = await Assert.ThrowsAsync<DualDbConfigurationException>(() => root.AsUser(new UserSession(Estate.Alice, "ungranted")).UserNotes.CountAsync(Token));
        var missing = await Assert.ThrowsAsync<DualDbConfigurationException>(async () => await other.AsUser(new UserSession(Estate.Alice, "no such role")).BeginSupabaseAsync(Token));

        Assert.Contains("grant ungranted to estate_login", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\"no such role\"", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joins_and_views_across_both_databases_are_the_users()
    {
        var card = await estate.Service.UserCards.InsertAsync(new UserCard(Guid.NewGuid(), Estate.Alice, Guid.NewGuid().ToString("n"), "card"), Token);
        var order = await estate.Service.UserOrders.InsertAsync(new UserOrder(Random.Shared.NextInt64(1, long.MaxValue), card.Id, 1), Token);
        var alice = estate.Restricted.AsUser(Alice);
        var bob = estate.Restricted.AsUser(new UserSession(Estate.Bob));

        Assert.Equal(card, Assert.Single(await alice.UserOrders.WithUserCardAsync([order], Token)).Item2);
        Assert.Null(Assert.Single(await bob.UserOrders.WithUserCardAsync([order], Token)).Item2);
        Assert.Equal(order, Assert.Single((await alice.UserCardOrders.Fresh().GetAsync(card.Id, Token)).Orders));
        Assert.Null(await bob.UserCardOrders.Fresh().FindAsync(card.Id, Token));
        Assert.Contains(card.Id, await KeysAsync(alice));
        Assert.DoesNotContain(card.Id, await KeysAsync(bob));

        static async Task<List<Guid>> KeysAsync(IShapesDb db)
        {
            var keys = new List<Guid>();
            await foreach (var view in db.UserCardOrders.StreamAsync(cancellationToken: Token))
            {
                keys.Add(view.Card.Id);
            }

            return keys;
        }
    }

    [Fact]
    public async Task Statements_are_prepared_and_still_replanned_for_each_user()
    {
        await using var root = estate.Open(estate.RestrictedAddress, static options =>
        {
            options.Supabase.MaxPoolSize = 1;
            options.Supabase.AutoPrepare = AutoPrepare.Always;
        });
        var note = await estate.Service.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Alice, "hers", IsPublic: false), Token);
        for (var turn = 0; turn < 8; turn++)
        {
            Assert.NotNull(await root.AsUser(Alice).UserNotes.FindAsync(note.Id, Token));
            Assert.Null(await root.AsUser(new UserSession(Estate.Bob)).UserNotes.FindAsync(note.Id, Token));
            Assert.Null(await root.AsUser(UserSession.Anonymous).UserNotes.FindAsync(note.Id, Token));
        }
    }
}
