using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Sagas;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

public sealed class SagaPageTests(DashboardServers servers)
{
    private const string Secret = "+66-2-555-0142";
    private const string Park = "update dualdb.sagas set state = 'parked', stopped_from = 'running', error = 'It is <script>alert(1)</script>', failed_step = 'File', finished_at = null, next_due = null where id = '{0}' returning 1::bigint";

    [Fact]
    public async Task A_saga_of_five_hundred_steps_is_on_pages()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await app.NeonAsync<long>("""
            with saga as (insert into dualdb.sagas (saga, id, definition, signatures, state, input, input_hash, lease_token, finished_at) values ('memo', 'a/b ~?&', 'x', array[]::text[], 'completed', '{}', 'x', 1, clock_timestamp()) returning 1)
            select count(*) from saga
            """);
        await app.NeonAsync<long>("""
            with steps as (insert into dualdb.saga_steps (saga, id, step, kind, attempt, state, started_at, ended_at, error)
                select 'memo', 'a/b ~?&', 'Step' || n, 'step', 1, 'failed', timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-01' + n * interval '2 seconds', '<script>alert(' || n || ')</script>' from generate_series(1, 500) n returning 1)
            select count(*) from steps
            """);

        var seen = new List<string>();
        for (var address = "/sagas?saga=memo&id=" + Uri.EscapeDataString("a/b ~?&"); address is not null;)
        {
            var page = await app.PageAsync(address);
            seen.AddRange(Regex.Matches(page, "data-step=\"(?<step>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(static match => match.Groups["step"].Value));
            address = OperatedApp.NextOf(page, "timeline");
        }

        Assert.Equal(Enumerable.Range(1, 500).Select(static number => "Step" + number), seen);
        Assert.Contains("data-id=\"a/b ~?&amp;\"", await app.PageAsync("/sagas?state=completed&prefix=a%2F"), StringComparison.Ordinal);
        foreach (var malformed in new[] { "id=1", "state=9", "older=-1", "older=soon", "after=1", "saga=memo&id=x&after=1~x", "saga=memo&id=x&after=99999999999999999999~1~s~x" })
        {
            Assert.Equal(400, (await app.App.GetAsync("/dualdb/sagas?" + malformed)).Status);
        }
    }

    [Fact]
    public async Task A_timeline_is_shown_while_the_database_of_a_step_is_away()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await app.Db.Sagas.Memo.RunAsync("away", new MemoOrder(Guid.NewGuid(), "away", Secret), TestContext.Current.CancellationToken);
        app.Place.SupabaseLine.Pause();

        var page = await app.UntilAsync("/sagas?saga=memo&id=away", "data-missing=\"supabase\"");

        Assert.Contains("data-step=\"Write\"", page, StringComparison.Ordinal);
        Assert.Contains("data-step=\"File\"", page, StringComparison.Ordinal);
        app.Place.SupabaseLine.Resume();
    }

    [Fact]
    public async Task Stopped_sagas_are_resumed_retried_skipped_and_compensated()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        var ids = new Dictionary<string, Guid>();
        foreach (var name in new[] { "resume", "retry", "skip", "back", "stay" })
        {
            ids[name] = Guid.NewGuid();
            await app.Db.Sagas.Memo.RunAsync(name, new MemoOrder(ids[name], name, Secret), TestContext.Current.CancellationToken);
            await app.NeonAsync<long>(string.Format(System.Globalization.CultureInfo.InvariantCulture, Park, name));
        }

        foreach (var name in new[] { "retry", "skip" })
        {
            await app.SupabaseAsync<long>($"with gone as (delete from dualdb.saga_results where id = '{name}' and step = 'File' returning 1), memo as (delete from memos where text = '{name}' returning 1) select count(*) from gone");
        }

        await app.NeonAsync<long>("with changed as (update dualdb.sagas set state = 'compensation_failed', stopped_from = 'compensating' where id = 'stay' returning 1) select count(*) from changed");
        var list = await app.PageAsync("/sagas?stuck=1");
        Assert.Equal(5, Regex.Count(list, "data-state=\"(Parked|CompensationFailed)\"><td>memo</td><td><a", RegexOptions.None, TimeSpan.FromSeconds(5)));
        var page = await app.PageAsync("/sagas?saga=memo&id=skip");
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);

        Assert.Equal(409, (await app.TryAsync("sagas", "skip", ("saga", "memo"), ("id", "skip"), ("step", "File"))).Status);
        Assert.Equal(409, (await app.TryAsync("sagas", "retry", ("saga", "memo"), ("id", "skip"), ("step", "<b>"))).Status);
        Assert.Equal(400, (await app.TryAsync("sagas", "resume", ("saga", "memo"))).Status);
        await app.DoAsync("sagas", "resume", ("saga", "memo"), ("id", "resume"));
        await app.DoAsync("sagas", "retry", ("saga", "memo"), ("id", "retry"), ("step", "File"));
        await app.DoAsync("sagas", "skip", ("saga", "memo"), ("id", "skip"), ("step", "File"), ("result", "\"by hand\""));
        await app.DoAsync("sagas", "compensate", ("saga", "memo"), ("id", "back"));
        await app.DoAsync("sagas", "skip-compensation", ("saga", "memo"), ("id", "stay"), ("step", "Write"));

        foreach (var (id, state) in new[] { ("resume", "completed"), ("retry", "completed"), ("skip", "completed"), ("back", "compensated"), ("stay", "compensated") })
        {
            await OutboxPageTests.Until(app.NeonAsync<long>, $"select count(*) from dualdb.sagas where id = '{id}' and state = '{state}'", 1);
        }

        Assert.Equal((1L, 0L), (await MemosAsync("retry"), await MemosAsync("skip")));
        Assert.Equal((0L, 1L), (await NotesAsync("back"), await NotesAsync("stay")));
        Assert.Equal(5L, await app.NeonAsync<long>("select count(*) from dualdb.saga_audit where who = 'ada-operator' and reason = 'a test'"));
        page = await app.PageAsync("/sagas?saga=memo&id=skip");
        Assert.Contains("data-audit=\"skip\"", page, StringComparison.Ordinal);
        Assert.Contains("data-state=\"skipped\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);

        Task<long> MemosAsync(string id) => app.SupabaseAsync<long>($"select count(*) from memos where id = '{ids[id]}'");
        Task<long> NotesAsync(string id) => app.NeonAsync<long>($"select count(*) from notes where id = '{ids[id]}'");
    }
}
