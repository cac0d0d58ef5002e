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

    [Theory]
    [InlineData("set role anon")]
    [InlineData("SET SESSION ROLE anon")]
    [InlineData(" -- for a while\n/* or longer */ Set\trole = 'anon'")]
    [InlineData("set role to anon")]
    [InlineData("set \"role\" to anon")]
    [InlineData("reset role")]
    [InlineData("set session authorization anon")]
    [InlineData("set session session authorization anon")]
    [InlineData("set session_authorization = anon")]
    [InlineData("reset session authorization")]
    public async Task A_statement_that_would_leave_its_role_on_the_connection_is_refused(string statement)
    {
        await using var root = estate.Open(estate.SupabaseAddress, static options => options.Supabase.MaxPoolSize = 1);
        var db = root.AsUser(Alice);

        await Assert.ThrowsAsync<NotSupportedException>(() => db.Supabase.ExecuteAsync(Sql(statement), Token));
        await Assert.ThrowsAsync<NotSupportedException>(async () =>
        {
            await foreach (var _ in db.Supabase.StreamAsync<int>(Sql(statement), Token))
            {
            }
        });
        await using (var transaction = await db.BeginSupabaseAsync(Token))
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => transaction.ExecuteAsync(Sql(statement), Token));
            await transaction.CommitAsync(Token);
        }

        Assert.Equal("postgres", await root.Supabase.ExecuteScalarAsync<string>($"select current_user::text", Token));
    }

    [Fact]
    public async Task Other_statements_about_roles_are_not()
    {
        await using var root = estate.Open(estate.SupabaseAddress, static options => options.Supabase.MaxPoolSize = 1);
        await root.Supabase.ExecuteAsync($"create table roles_of_users (id int primary key, role text)", Token);
        await root.Supabase.ExecuteAsync($"grant all on roles_of_users to authenticated", Token);
        var db = root.AsUser(Alice);

        await db.Supabase.ExecuteAsync($"insert into roles_of_users values (1, 'set role anon')", Token);
        Assert.Equal(1, await db.Supabase.ExecuteAsync($"update roles_of_users set role = 'reset role'", Token));
        await using (var transaction = await db.BeginSupabaseAsync(Token))
        {
            await transaction.ExecuteAsync($"set local role anon", Token);
            Assert.Equal("anon", await transaction.ExecuteScalarAsync<string>($"select current_user::text", Token));
            await transaction.CommitAsync(Token);
        }

        await root.Supabase.ExecuteAsync($"set role none", Token);
        Assert.Equal("postgres", await root.Supabase.ExecuteScalarAsync<string>($"select current_user::text", Token));
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

    private static SqlInterpolation Sql(string text)
    {
        var sql = new SqlInterpolation(text.Length, formattedCount: 0);
        sql.AppendLiteral(text);
        return sql;
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
