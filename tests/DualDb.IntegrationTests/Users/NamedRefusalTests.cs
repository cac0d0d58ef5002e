using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>Whatever is wrong with a token, the message says what was to be done with it, on every way to the database.</summary>
public sealed class NamedRefusalTests(Estate estate) : IClassFixture<Estate>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> Refused => new()
    {
        { "missing", null },
        { "malformed", "garbage" },
        { "expired", Jwt.Of(Estate.Alice, lifetime: TimeSpan.FromHours(-1)) },
        { "role", Jwt.Of(Estate.Alice, role: "service_role") },
        { "signature", Jwt.Of(Estate.Alice, secret: "somebody else's secret, of more than 32 characters") },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refused_token_names_entity_and_operation(string fault, string? token)
    {
        Assert.NotEmpty(fault);
        var db = estate.Service.AsUser(() => token);
        var id = Guid.NewGuid();

        await FailsAsync("UserNote.FindAsync", nameof(UserNote), () => db.UserNotes.FindAsync(id, Token).AsTask());
        await FailsAsync("UserCard.FindAsync", nameof(UserCard), () => db.UserCards.FindAsync(id, Token).AsTask());
        await FailsAsync("UserCard.FindManyAsync", nameof(UserCard), () => db.UserCards.FindManyAsync([id], Token));
        await FailsAsync("UserCard.FindByCodeAsync", nameof(UserCard), () => db.UserCards.FindByCodeAsync("code", Token).AsTask());
        await FailsAsync("UserCard.ToListAsync", nameof(UserCard), () => db.UserCards.AllRows().Cached().ToListAsync(Token));
        await FailsAsync("UserCard.CountAsync", nameof(UserCard), () => db.UserCards.AllRows().Cached().CountAsync(Token));
        await FailsAsync("UserCard.InsertAsync", nameof(UserCard), () => db.UserCards.InsertAsync(new UserCard(id, Estate.Alice, "code", "text"), Token));
        await FailsAsync("ExecuteAsync", entity: null, () => db.Supabase.ExecuteAsync($"select 1", Token));
        await FailsAsync("ExecuteScalarAsync", entity: null, () => db.Supabase.ExecuteScalarAsync<int>($"select 1", Token));
        await FailsAsync("BeginAsync", entity: null, async () => await db.BeginSupabaseAsync(Token));
        await FailsAsync("PingAsync", entity: null, () => db.Supabase.PingAsync(Token));
        await FailsAsync("StreamAsync", entity: null, async () =>
        {
            await foreach (var _ in db.Supabase.StreamAsync<int>($"select 1", Token))
            {
            }
        });
        var member = await Assert.ThrowsAsync<ViewMemberFailedException>(() => db.UserCardOrders.FindAsync(id, Token).AsTask());
        Assert.IsType<AccessTokenException>(member.InnerException);
        Assert.Contains("UserCardOrders", member.Message, StringComparison.Ordinal);

        async Task FailsAsync(string operation, string? entity, Func<Task> call)
        {
            var failure = await Assert.ThrowsAsync<AccessTokenException>(call);
            Assert.StartsWith($"{operation} in Supabase: ", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(" in Supabase: ", failure.Message[$"{operation} in Supabase: ".Length..], StringComparison.Ordinal);
            Assert.Equal(entity, failure.Entity);
            Assert.Equal(Database.Supabase, failure.Database);
            Assert.DoesNotContain(token ?? "no token at all", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cached_reading_waits_for_a_silent_source_once()
    {
        await using var root = estate.Open(estate.SupabaseAddress, static options => options.Supabase.CommandTimeout = TimeSpan.FromSeconds(1));
        var calls = 0;
        var db = root.AsUser(_ =>
        {
            Interlocked.Increment(ref calls);
            return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
        });

        var failure = await Assert.ThrowsAsync<AccessTokenException>(() => db.UserCards.FindAsync(Guid.NewGuid(), Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.StartsWith("UserCard.FindAsync in Supabase: The source of access tokens did not answer in time", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, calls);
        await Assert.ThrowsAsync<AccessTokenException>(() => db.UserCards.AllRows().Cached().ToListAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal(2, calls);
    }
}
