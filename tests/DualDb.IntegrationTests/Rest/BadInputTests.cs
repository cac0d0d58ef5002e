using System.Text.Json;
using DualDb.Hosting;
using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Users;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.IntegrationTests.Rest;

/// <summary>Keys, tokens, names and values that are wrong: told by type, entity, operation and next step, and never by what is secret.</summary>
public sealed class BadInputTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_key_is_told_without_being_repeated()
    {
        const string Wrong = "sb_publishable_0123456789abcdef0123456789abcdef";
        await using var db = place.Open(static options => options.ApiKey = Wrong);

        var read = await FailureAsync<DatabaseErrorException>(() => db.RestTexts.FindAsync("a", Token).AsTask(), "RestText.FindAsync", Wrong);
        Assert.Contains("Supabase.ApiKey", read.Message, StringComparison.Ordinal);
        await FailureAsync<DatabaseErrorException>(() => db.RestTexts.InsertAsync(new RestText("a", "b"), Token), "RestText.InsertAsync", Wrong);
    }

    [Theory]
    [InlineData("sb_secret_0123456789abcdef0123456789abcdef")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.AAAA")]
    public void A_secret_key_is_no_publishable_one(string secret)
    {
        var failure = Assert.Throws<DualDbConfigurationException>(() => place.Open(options => options.PublishableKey = secret));
        Assert.Contains("Supabase.PublishableKey", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);

        foreach (var variable in new[] { "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY" })
        {
            var faults = new List<string>();
            RestEnvironment.Read(new SupabaseOptions(), name => name == variable ? secret : null, faults);
            var fault = Assert.Single(faults);
            Assert.Contains(variable, fault, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, fault, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYXV0aGVudGljYXRlZCJ9")]
    [InlineData("line\r\nbreak.a.b")]
    public async Task A_malformed_token_is_refused_before_anything_is_sent(string token)
    {
        await using var db = place.Open(static _ => { });
        await FailureAsync<AccessTokenException>(() => db.AsUser(() => token).RestTexts.FindAsync("a", Token).AsTask(), "RestText.FindAsync", token.Length > 6 ? [token] : []);
        await FailureAsync<AccessTokenException>(() => db.AsUser(() => token).RestTexts.InsertAsync(new RestText("a", "b"), Token), "RestText.InsertAsync");
    }

    [Fact]
    public async Task A_token_of_a_wrong_signature_is_refused_by_the_server()
    {
        var forged = Jwt.Of(Estate.Alice, secret: "another secret, which the project does not sign with");
        await using var db = place.Open(static _ => { });
        await FailureAsync<AccessTokenException>(() => db.AsUser(() => forged).RestTexts.FindAsync("a", Token).AsTask(), "RestText.FindAsync", forged);
    }

    [Theory]
    [InlineData("service_role")]
    [InlineData("postgres")]
    [InlineData("moderator")]
    public async Task A_role_outside_of_the_list_is_refused(string role)
    {
        var token = place.Api.SignToken(Estate.Alice, role);
        await using var db = place.Open(static _ => { });
        await FailureAsync<AccessTokenException>(() => db.AsUser(() => token).RestTexts.CountAsync(Token), "RestText.CountAsync", token);
        Assert.Throws<AccessTokenException>(() => db.AsUser(UserSession.FromVerifiedToken(token)));
    }

    [Fact]
    public async Task A_table_that_is_not_exposed_is_named()
    {
        foreach (var work in new Func<Task>[] { () => place.Db.UserStations.FindAsync(1, Token).AsTask(), () => place.Db.UserStations.InsertAsync(new UserStation(1, "a"), Token) })
        {
            var failure = await Assert.ThrowsAsync<SchemaMismatchException>(work);
            Assert.Contains("UserStation.", failure.Message, StringComparison.Ordinal);
            Assert.Contains("user_stations", failure.Message, StringComparison.Ordinal);
            Assert.Contains("expose", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named()
    {
        foreach (var work in new Func<Task>[]
        {
            () => place.Db.UserNotes.FindAsync(Guid.NewGuid(), Token).AsTask(), () => place.Db.UserNotes.Where(static o => o.Text == "a").CountAsync(Token),
            () => place.Db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), Estate.Alice, "a", IsPublic: false), Token),
        })
        {
            var failure = await Assert.ThrowsAsync<SchemaMismatchException>(work);
            Assert.Contains("UserNote.", failure.Message, StringComparison.Ordinal);
            Assert.Contains("text", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_function_is_told_by_what_is_wrong_about_it()
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["a"] = 1 };
        Assert.Contains("either", (await Assert.ThrowsAsync<SchemaMismatchException>(() => place.Db.Supabase.RpcAsync<string>("either", arguments, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("missing", (await Assert.ThrowsAsync<SchemaMismatchException>(() => place.Db.Supabase.RpcAsync<string>("missing", arguments, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("echo", (await Assert.ThrowsAsync<SchemaMismatchException>(() => place.Db.Supabase.RpcAsync<string>("echo", arguments, Token))).Message, StringComparison.Ordinal);
        var word = new Dictionary<string, object?>(StringComparer.Ordinal) { ["word"] = "ten" };
        Assert.Equal("ten", await place.Db.Supabase.RpcAsync<string>("echo", word, Token));
        Assert.Contains("echo", (await Assert.ThrowsAsync<RowMappingException>(() => place.Db.Supabase.RpcAsync<int>("echo", word, Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numbers")]
    [InlineData("fixed_numbers")]
    public async Task A_function_that_returns_more_rows_than_an_answer_holds_is_refused(string function)
    {
        static Dictionary<string, object?> Count(int count) => new(StringComparer.Ordinal) { ["n"] = count };
        var supabase = place.Db.Supabase;

        Assert.Equal(Enumerable.Range(1, 20), await supabase.RpcAsync<int[]>(function, Count(20), Token));
        Assert.Empty(await supabase.RpcAsync<int[]>(function, Count(0), Token));
        var failure = await Assert.ThrowsAsync<DatabaseErrorException>(() => supabase.RpcAsync<int[]>(function, Count(BadInputPlace.MaxRows + 10), Token));
        Assert.StartsWith($"RpcAsync of public.{function} in Supabase", failure.Message, StringComparison.Ordinal);
        Assert.Contains("db-max-rows", failure.Message, StringComparison.Ordinal);
        await supabase.RpcAsync(function, Count(BadInputPlace.MaxRows + 10), Token);
    }

    [Fact]
    public async Task An_argument_that_no_function_can_take_is_refused_before_anything_is_sent()
    {
        foreach (var value in new object?[] { "a\0b", "half \ud800", new[] { "a", "\udc00" }, default(JsonElement) })
        {
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["word"] = value };
            var failure = await Assert.ThrowsAsync<ArgumentException>(() => place.Db.Supabase.RpcAsync<string>("echo", arguments, Token));
            Assert.Contains("public.echo", failure.Message, StringComparison.Ordinal);
            Assert.Contains("{word}", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_document_may_be_deep()
    {
        var text = string.Concat(Enumerable.Repeat("[", 900)) + string.Concat(Enumerable.Repeat("]", 900));
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000 });
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["doc"] = document.RootElement };

        Assert.Equal(text, (await place.Db.Supabase.RpcAsync<JsonElement>("echo_json", arguments, Token)).GetRawText());
    }

    [Fact]
    public void A_version_that_cannot_be_counted_up_is_told()
    {
        var columns = new RestColumns(EntityFacts.All.First(static entity => entity.Database == Database.Supabase && entity.Columns.Any(static column => column.Role == ColumnRole.Version)));
        Assert.Throws<ColumnValueException>(() => RestBody.Of(body => body.Row(() => RestMarks.WriteTraces(body, columns, long.MaxValue))));
        Assert.Contains("9223372036854775807", System.Text.Encoding.UTF8.GetString(RestBody.Of(body => body.Row(() => RestMarks.WriteTraces(body, columns, long.MaxValue - 1))).Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_with_a_nul_is_refused_before_anything_is_sent()
    {
        const string Bad = "a\0b";
        var texts = place.Db.RestTexts;
        foreach (var work in new Func<Task>[]
        {
            () => texts.FindAsync(Bad, Token).AsTask(), () => texts.FindManyAsync(["a", Bad], Token), () => texts.ExistsAsync(Bad, Token), () => texts.DeleteAsync(Bad, Token), () => texts.Where(static o => o.Value == Bad).ToListAsync(Token),
            () => texts.Where(static o => o.Value.In("a", Bad)).CountAsync(Token), () => texts.Where(static o => o.Value.Contains(Bad)).ToListAsync(Token), () => texts.InsertAsync(new RestText("a", Bad), Token),
            () => texts.InsertManyAsync([new RestText("a", "b"), new RestText(Bad, "b")], Token), () => texts.Where(static o => o.Value == "a").UpdateAsync(static set => set.Value(Bad), Token),
        })
        {
            var failure = await Assert.ThrowsAsync<InvalidEntityException>(work);
            Assert.Contains("RestText", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was sent", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_takes_a_connection_names_the_option_that_gives_one()
    {
        var db = place.Db;
        foreach (var work in new Func<Task>[]
        {
            () => db.BeginSupabaseAsync(Token).AsTask(), () => db.Supabase.ExecuteAsync($"select 1", Token), () => db.Supabase.QueryAsync<int>($"select 1", Token), () => db.CreateTablesAsync(Token),
            () => db.Supabase.GetDataSourceAsync(Token).AsTask(),
            () => db.RestTexts.Where(static o => o.Sql($"{o.Value} = 'a'")).ToListAsync(Token), () => db.RestTexts.Where(static o => o.Value.ToLower() == "a").ToListAsync(Token),
            () => db.RestTexts.Where(static o => o.Note == o.Id.AsNullable()).ToListAsync(Token),
        })
        {
            var failure = await Assert.ThrowsAsync<NotSupportedException>(work);
            Assert.Contains("Supabase.ConnectionString", failure.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<T> FailureAsync<T>(Func<Task> work, string subject, params string[] secrets)
        where T : DualDbException
    {
        var failure = await Assert.ThrowsAsync<T>(work);
        Assert.StartsWith(subject, failure.Message, StringComparison.Ordinal);
        Assert.Equal(nameof(RestText), failure.Entity);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
        }

        return failure;
    }
}
