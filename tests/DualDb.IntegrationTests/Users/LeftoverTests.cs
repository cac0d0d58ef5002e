using System.Text.Json.Nodes;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>However a user's statement ends, the next one on its connection finds nothing of him; and nothing that he says becomes SQL.</summary>
public sealed class LeftoverTests(Estate estate) : IClassFixture<Estate>
{
    private static readonly UserSession Alice = UserSession.FromVerifiedToken(Jwt.Of(Estate.Alice));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Endings =>
        ["success", "refusal", "constraint", "bad sql", "cancellation", "broken connection", "left stream", "left transaction", "failed transaction"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Nothing_of_a_user_is_left(string ending)
    {
        await using var root = estate.Open(estate.SupabaseAddress, static options => options.Supabase.MaxPoolSize = 1);

        await EndAsync(ending, root.AsUser(Alice));

        Assert.Equal("postgres", await root.Supabase.ExecuteScalarAsync<string>($"select current_user::text", Token));
        Assert.Equal("", await root.Supabase.ExecuteScalarAsync<string>($"select coalesce(current_setting('request.jwt.claims', true), '') || coalesce(current_setting('request.jwt.claim.sub', true), '') || coalesce(current_setting('request.jwt.claim.role', true), '')", Token));
    }

    public static TheoryData<string> Texts =>
        ["it's", "a\\b", "\"quoted\"", "emoji 🦆", "`'); drop table user_notes; --", "$1", "{}", "new\nline", "‮rtl", "%2C", "\u0001"];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Claims_arrive_as_they_are(string text)
    {
        var token = Jwt.Of(text, new JsonObject { ["team"] = text, ["nested"] = new JsonObject { [text] = text } });
        var db = estate.Restricted.AsUser(UserSession.FromVerifiedToken(token)).Supabase;

        Assert.Equal(text, await db.ExecuteScalarAsync<string>($"select current_setting('request.jwt.claim.sub', true)", Token));
        Assert.Equal(text, await db.ExecuteScalarAsync<string>($"select auth.jwt() ->> 'team'", Token));
        Assert.Equal(text, await db.ExecuteScalarAsync<string>($"select auth.jwt() -> 'nested' ->> {text}", Token));
        Assert.Equal(text, await estate.Restricted.AsUser(new UserSession(text)).Supabase.ExecuteScalarAsync<string>($"select auth.jwt() ->> 'sub'", Token));
        Assert.Equal(text, JsonNode.Parse(new UserSession(text).Claims)!["sub"]!.GetValue<string>());
    }

    private static async Task EndAsync(string ending, IShapesDb db)
    {
        switch (ending)
        {
            case "success":
                await db.UserNotes.CountAsync(Token);
                break;
            case "refusal":
                await Assert.ThrowsAsync<DatabaseErrorException>(() => db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Bob, "", IsPublic: false), Token));
                break;
            case "constraint":
                var note = await db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Alice, "", IsPublic: false), Token);
                await Assert.ThrowsAsync<ConstraintViolationException>(() => db.UserNotes.InsertAsync(note, Token));
                break;
            case "bad sql":
                await Assert.ThrowsAnyAsync<DualDbException>(() => db.Supabase.ExecuteAsync($"selec", Token));
                break;
            case "cancellation":
                using (var source = CancellationTokenSource.CreateLinkedTokenSource(Token))
                {
                    var sleeping = db.Supabase.ExecuteAsync($"select pg_sleep(60)", source.Token);
                    source.CancelAfter(TimeSpan.FromMilliseconds(200));
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleeping);
                }

                break;
            case "broken connection":
                await Assert.ThrowsAnyAsync<DualDbException>(() => db.Supabase.ExecuteScalarAsync<bool>($"select pg_terminate_backend(pg_backend_pid())", Token));
                break;
            case "left stream":
                await foreach (var _ in db.Supabase.StreamAsync<int>($"select generate_series(1, 100000)", Token))
                {
                    break;
                }

                break;
            case "left transaction":
                await using (var transaction = await db.BeginSupabaseAsync(Token))
                {
                    await db.UserNotes.CountAsync(transaction, Token);
                }

                break;
            case "failed transaction":
                await using (var transaction = await db.BeginSupabaseAsync(Token))
                {
                    await Assert.ThrowsAnyAsync<DualDbException>(() => transaction.ExecuteAsync($"selec", Token));
                    await Assert.ThrowsAnyAsync<DualDbException>(() => transaction.CommitAsync(Token));
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(ending), ending, "Not an ending.");
        }
    }
}
