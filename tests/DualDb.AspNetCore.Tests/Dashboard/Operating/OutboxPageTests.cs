using System.Net;
using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

public sealed class OutboxPageTests(DashboardServers servers)
{
    private const string Secret = "+66-2-555-0199";

    [Fact]
    public async Task Ten_thousand_dead_letters_are_on_pages_of_fifty()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DieAsync(app, 10_000, "<script>alert(1)</script> is poison");

        var first = await app.PageAsync("/outbox", DashboardApp.Reader);
        var second = await app.PageAsync(OperatedApp.NextOf(first, "letters")!, DashboardApp.Reader);

        Assert.Equal(50, Regex.Count(first, "data-letter=\"neon-", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("data-letter=\"neon-50\"", first, StringComparison.Ordinal);
        Assert.Contains("data-letter=\"neon-51\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("data-letter=\"neon-50\"", second, StringComparison.Ordinal);
        Assert.Contains("data-count=\"letters\">10000<", first, StringComparison.Ordinal);
        Assert.Contains("data-count=\"dead\">10000<", first, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; is poison", first, StringComparison.Ordinal);
        Assert.DoesNotContain("data-action=\"replay\"", first, StringComparison.Ordinal);
        Assert.Contains("data-empty=\"letters\"", await app.PageAsync("/outbox?error=no+such+words"), StringComparison.Ordinal);
        Assert.Contains("data-letter=\"neon-1\"", await app.PageAsync("/outbox?error=SCRIPT&handler=FileMemo&event=memo.written&source=neon"), StringComparison.Ordinal);
        foreach (var malformed in new[] { "after=neon", "after=mars-1", "after=neon--1", "after=neon-99999999999999999999", "state=9", "source=mars", "letter=x", "before=1", "before=1.mars-1" })
        {
            Assert.Equal(400, (await app.App.GetAsync("/dualdb/outbox?" + malformed)).Status);
        }
    }

    [Fact]
    public async Task What_one_database_holds_is_shown_while_the_other_is_away()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DieAsync(app, 3, "poison");
        var whole = await app.PageAsync("/outbox", DashboardApp.Reader);
        Assert.DoesNotContain("data-missing", whole, StringComparison.Ordinal);

        app.Place.SupabaseLine.RefuseConnections = true;
        await app.Place.SupabaseLine.CutAsync();
        var page = await app.UntilAsync("/outbox", "data-missing=\"supabase\"");

        Assert.Contains("data-letter=\"neon-1\"", page, StringComparison.Ordinal);
        Assert.Contains("data-group=", page, StringComparison.Ordinal);
        Assert.Contains("data-count=\"dead\">3<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-failure=\"letters\"", page, StringComparison.Ordinal);
        app.Place.SupabaseLine.Calm();
    }

    [Fact]
    public async Task A_letter_is_shown_without_its_secret_edited_without_seeing_it_and_handled()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DieAsync(app, 2, "poison");

        var page = await app.PageAsync("/outbox?letter=neon-1");
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        Assert.Contains("***", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;author 1", page, StringComparison.Ordinal);

        foreach (var none in new[] { "{", "7", """{"number":"one","author":"x","phone":"***"}""", """{"author":"x"}""" })
        {
            var (status, words) = await app.TryAsync("outbox", "edit", ("letter", "neon-1"), ("payload", none));
            Assert.Equal(400, status);
            Assert.DoesNotContain(Secret, words, StringComparison.Ordinal);
        }

        Assert.Equal(2L, await app.NeonAsync<long>("select count(*) from dualdb.outbox_deliveries where state = 'dead'"));
        await app.DoAsync("outbox", "edit", ("letter", "neon-1"), ("payload", """{"number":100,"author":"ada","phone":"***"}"""));
        await Until(app.SupabaseAsync<long>, $"select count(*) from memos where text = '100 ada {Secret}'", 1);
        await Until(app.NeonAsync<long>, "select count(*) from dualdb.outbox_deliveries where id = 1", 0);
        Assert.Equal("edit,replay", await app.NeonAsync<string>("select string_agg(action, ',' order by id) from dualdb.outbox_audit where actor = 'ada-operator' and reason = 'a test'"));

        // A busy machine leaves a part out that takes too long, and says so.
        await Eventually.HoldsAsync(async () => (page = await app.PageAsync("/outbox")).Contains("data-audit=\"edit\"", StringComparison.Ordinal), "the edit among what operators did");
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        Assert.Contains("data-empty=\"letter\"", await app.PageAsync("/outbox?letter=neon-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_is_replayed_another_discarded_and_groups_are_too()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DieAsync(app, 3, "one");
        await DieAsync(app, 3, "second");
        await DieAsync(app, 2, "three");

        await app.DoAsync("outbox", "replay", ("letter", "neon-1"));
        await app.DoAsync("outbox", "discard", ("letter", "neon-2"));
        await app.DoAsync("outbox", "replay-group", ("source", "neon"), ("event", "memo.written"), ("handler", "FileMemo"), ("group", "second"));
        await app.DoAsync("outbox", "discard-group", ("source", "neon"), ("event", "memo.written"), ("handler", "FileMemo"), ("group", "three"));
        await app.DoAsync("outbox", "discard", ("letter", "neon-2"));

        await Until(app.NeonAsync<long>, "select count(*) from dualdb.outbox_deliveries", 1);
        Assert.Equal(4L, await app.SupabaseAsync<long>("select count(*) from memos"));
        Assert.Equal(7L, await app.NeonAsync<long>("select count(*) from dualdb.outbox_audit"));
        Assert.Equal(5L, await app.SupabaseAsync<long>("select count(*) from dualdb.operator_audit where action like 'outbox/%' and detail <> ''"));
        Assert.Equal(400, (await app.TryAsync("outbox", "replay", ("letter", "everything"))).Status);
        using var reader = await app.App.PostAsync("/dualdb/outbox", "/dualdb/outbox/actions/discard", DashboardApp.Reader, ("letter", "neon-3"), ("reason", "no right"));
        Assert.Equal(403, (int)reader.StatusCode);
        Assert.Equal(1L, await app.NeonAsync<long>("select count(*) from dualdb.outbox_deliveries where id = 3"));
    }

    [Fact]
    public async Task Names_as_long_as_they_may_be_lead_to_their_letters()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        var (name, handler) = (new string('e', 512), new string('h', 512));
        await DieAsync(app, 2, "poison");
        await app.NeonAsync<long>($"with renamed as (update dualdb.outbox_deliveries set name = '{name}', handler = '{handler}' where id = 2 returning 1) select count(*) from renamed");

        var page = await app.PageAsync("/outbox");
        var link = WebUtility.HtmlDecode(Regex.Match(page, $"data-handler=\"{handler}\".*?href=\"/dualdb(?<link>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups["link"].Value);
        var letters = await app.PageAsync(link);

        Assert.Contains("data-letter=\"neon-2\"", letters, StringComparison.Ordinal);
        Assert.DoesNotContain("data-letter=\"neon-1\"", letters, StringComparison.Ordinal);
        Assert.Equal(400, (await app.App.GetAsync("/dualdb/outbox?handler=h" + handler)).Status);
    }

    [Fact]
    public async Task Causes_beyond_the_first_page_are_counted_and_can_be_acted_upon()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DieAsync(app, 120, "poison");
        await app.NeonAsync<long>("with renamed as (update dualdb.outbox_deliveries set failure = 'cause ' || lpad(id::text, 3, '0') returning 1) select count(*) from renamed");

        var first = await app.PageAsync("/outbox");
        Assert.Contains("data-shown=\"1-50\">1 to 50 of 120<", first, StringComparison.Ordinal);
        Assert.DoesNotContain("cause 051", Groups(first), StringComparison.Ordinal);
        var second = await app.PageAsync("/outbox?groups=2");
        Assert.Contains("data-group=\"cause 051\"", second, StringComparison.Ordinal);
        Assert.Equal(50, Regex.Count(second, "data-action=\"discard-group\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("data-shown=\"101-120\"", await app.PageAsync("/outbox?groups=3"), StringComparison.Ordinal);
        Assert.Contains("data-shown=\"101-120\"", await app.PageAsync("/outbox?groups=9"), StringComparison.Ordinal);
        Assert.Equal(400, (await app.App.GetAsync("/dualdb/outbox?groups=0")).Status);

        await app.DoAsync("outbox", "discard-group", ("source", "neon"), ("event", "memo.written"), ("handler", "FileMemo"), ("group", "cause 051"), ("back", "/outbox?groups=2"));
        Assert.Equal(0L, await app.NeonAsync<long>("select count(*) from dualdb.outbox_deliveries where failure = 'cause 051'"));

        static string Groups(string page) => page[page.IndexOf("id=\"part-groups\"", StringComparison.Ordinal)..page.IndexOf("id=\"part-letters\"", StringComparison.Ordinal)];
    }

    internal static Task Until(Func<string, Task<long>> ask, string sql, long expected)
        => Eventually.HoldsAsync(async () => await ask(sql) == expected, $"{expected} of {sql}");

    private static Task DieAsync(OperatedApp app, int count, string failure)
        => app.NeonAsync<long>($$"""
            with died as (
                insert into dualdb.outbox_deliveries (outbox_id, event_id, published_at, name, version, slot, key, payload, handler, state, attempts, failure, error, failed_at)
                select nextval('dualdb.outbox_id'), gen_random_uuid(), clock_timestamp(), 'memo.written', 1, n % 64, '{{failure.Length}}-' || n, json_build_object('number', n, 'author', '<b>author ' || n, 'phone', '{{Secret}}'), 'FileMemo', 'dead', 5, '{{failure}}', '{{failure}}', clock_timestamp()
                from generate_series(1, {{count}}) n returning 1)
            select count(*) from died
            """);
}
