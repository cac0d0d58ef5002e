using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Live;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Monitoring;
using DualDb.Diagnostics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>How pages stay live.</summary>
public sealed class LiveTests(DashboardServers servers)
{
    private static readonly DashboardOptions Quick = new() { RefreshEvery = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task What_changes_arrives()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        await using var reader = await EventStream.OpenAsync(app, "/dualdb/live/alerts");
        await using var actor = await EventStream.OpenAsync(app, "/dualdb/live/alerts", DashboardApp.Operator);
        await reader.UntilAsync("silences", "Nothing.");

        await app.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "ada", "new disks");
        await reader.UntilAsync("silences", "new disks");
        await actor.UntilAsync("silences", "new disks");

        Assert.DoesNotContain("<form", reader.Parts["silences"], StringComparison.Ordinal);
        Assert.Contains("actions/end-silence", actor.Parts["silences"], StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", actor.Parts["silences"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_look_the_database_is_asked_once()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        using var counter = new AuditStatements(place.SupabaseLine.Port);
        var streams = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EventStream.OpenAsync(app, "/dualdb/live/audit")));

        // Those of the first seconds belong to pages that were opened; what counts is how it goes on.
        await Task.WhenAll(streams.Select(static stream => stream.UntilAsync("entries", "Nothing.")));
        var (before, seen) = (counter.Count, streams[0].Shown);
        var reading = streams.Select(static async stream =>
        {
            for (var wanted = stream.Shown + 12; stream.Shown < wanted;)
            {
                Assert.True(await stream.ReadAsync());
            }
        });
        await Task.WhenAll(reading);

        // One of an interval may just be under way at each end.
        Assert.InRange(counter.Count - before, 1, streams[0].Shown - seen + 4);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task While_nobody_looks_nothing_is_asked()
    {
        var reads = 0;
        var part = DashboardPart.Of("part", FrameTexts.All, () => Interlocked.Increment(ref reads), static (_, _) => default);
        var feed = new Feed([part], Quick, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var viewer = new Viewer();
        feed.Join(viewer);
        await viewer.Pages.ReadAsync(TestContext.Current.CancellationToken);
        feed.Leave(viewer);
        await Eventually.HoldsAsync(() => feed.IsIdle, "it rests");

        var rested = Volatile.Read(ref reads);
        var other = new Viewer();
        var second = new Feed([DashboardPart.Of("other", FrameTexts.All, static () => 0, static (_, _) => default)], Quick, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        second.Join(other);
        for (var ticks = 0; ticks < 5; ticks++)
        {
            await other.Pages.ReadAsync(TestContext.Current.CancellationToken);
        }

        // Another feed's intervals have gone by.
        Assert.Equal(rested, Volatile.Read(ref reads));
        second.Leave(other);
    }

    [Fact]
    public async Task Pages_that_are_opened_at_once_are_read_once()
    {
        var reads = 0;
        var gate = new TaskCompletionSource();
        var part = DashboardPart.Of(
            "part",
            FrameTexts.All,
            async _ =>
            {
                await gate.Task;
                return Interlocked.Increment(ref reads);
            },
            static (_, _) => default);
        var feed = new Feed([part], new DashboardOptions { RefreshEvery = TimeSpan.FromMinutes(5), PartTimeout = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        var opened = Enumerable.Range(0, 50).Select(_ => feed.PresentAsync()).ToList();
        gate.SetResult();
        await Task.WhenAll(opened);
        await feed.PresentAsync();

        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task What_was_done_is_seen_by_who_is_led_back_to_the_page_also_while_it_is_being_read()
    {
        var (state, begun, gate) = (0, 0, new TaskCompletionSource());
        var part = DashboardPart.Of(
            "part",
            FrameTexts.All,
            async _ =>
            {
                var read = Volatile.Read(ref state);
                Interlocked.Increment(ref begun);
                await gate.Task;
                return read;
            },
            static (read, _) => Html.Of($"{read}"));
        var feed = new Feed([part], new DashboardOptions { RefreshEvery = TimeSpan.FromMinutes(5), PartTimeout = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var context = new PartContext(PageLanguage.English, "/dualdb", "", "", MayAct: false);

        var before = feed.PresentAsync();
        await Eventually.HoldsAsync(() => Volatile.Read(ref begun) == 1, "it is being read");
        Volatile.Write(ref state, 1);
        feed.Outdate();
        var after = feed.PresentAsync();

        // However often something is done meanwhile, one reading is behind the one that is under way.
        feed.Outdate();
        Assert.Same(after, feed.PresentAsync());
        gate.SetResult();
        Assert.Equal("0", Shown(await before));
        Assert.Equal("1", Shown(await after));

        Volatile.Write(ref state, 2);
        Assert.Equal("1", Shown(await feed.PresentAsync()));
        feed.Outdate();
        Assert.Equal("2", Shown(await feed.PresentAsync()));
        Assert.Equal(3, begun);

        string Shown(Snapshot page) => page.Parts[0].For(context).ToString();
    }

    [Fact]
    public async Task A_part_that_goes_on_beyond_its_deadline_is_not_begun_again()
    {
        var (begun, end) = (0, new TaskCompletionSource<int>());
        var deaf = DashboardPart.Of("deaf", FrameTexts.All, _ =>
        {
            Interlocked.Increment(ref begun);
            return end.Task;
        }, static (_, _) => Html.Of($"there"));
        var feed = new Feed([deaf], new DashboardOptions { RefreshEvery = TimeSpan.FromMilliseconds(100), PartTimeout = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var context = new PartContext(PageLanguage.English, "/dualdb", "", "", MayAct: false);
        var viewer = new Viewer();
        feed.Join(viewer);

        for (var ticks = 0; ticks < 4; ticks++)
        {
            var page = await viewer.Pages.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Contains("data-failure", page.Parts[0].For(context).ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, begun);
        end.SetResult(1);
        await Eventually.HoldsAsync(async () => (await viewer.Pages.ReadAsync(TestContext.Current.CancellationToken)).Parts[0].For(context).ToString() == "there", "it is read again");
        feed.Leave(viewer);
    }

    [Fact]
    public async Task Who_does_not_take_what_is_sent_is_dropped_and_others_are_not()
    {
        var part = DashboardPart.Of("part", FrameTexts.All, static () => 0, static (_, _) => default);
        var feed = new Feed([part], Quick, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        var (idle, busy) = (new Viewer(), new Viewer());
        feed.Join(idle);
        feed.Join(busy);

        while (!idle.Dropped.IsCompleted)
        {
            await busy.Pages.ReadAsync(TestContext.Current.CancellationToken);
        }

        await busy.Pages.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(busy.Dropped.IsCompleted);
        Assert.True(idle.Pages.Count <= 3, $"{idle.Pages.Count} pages wait for him");
        feed.Leave(busy);
    }

    [Fact]
    public async Task A_connection_that_is_not_read_is_closed_and_gives_its_place_back()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, map: static routes => MapLarge(routes));
        using var deaf = new TcpClient();
        await deaf.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        deaf.ReceiveBufferSize = 4096;
        await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /dualdb/live HTTP/1.1\r\nHost: {app.Address.Authority}\r\nX-Test-User: reader\r\n\r\n"), TestContext.Current.CancellationToken);

        // The only place is taken, until he is dropped.
        await Eventually.HoldsAsync(async () => await StatusAsync() == 503, "his place is taken");
        await Eventually.HoldsAsync(async () => await StatusAsync() == 200, "he is dropped");

        async Task<int> StatusAsync()
        {
            using var answer = await app.SendAsync(HttpMethod.Get, "/dualdb/live", DashboardApp.Reader);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_stream_ends_so_that_rights_are_asked_for_anew()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, static options => options.StreamLifetime = TimeSpan.FromMilliseconds(300));
        await using var stream = await EventStream.OpenAsync(app, "/dualdb/live");

        while (await stream.ReadAsync())
        {
        }

        Assert.NotEmpty(stream.Parts);
        Assert.True(stream.IsEnded);
    }

    private static void MapLarge(IEndpointRouteBuilder routes)
    {
        var options = new DashboardOptions { ReaderPolicy = DashboardApp.Reader, RefreshEvery = TimeSpan.FromMilliseconds(100), MaxViewers = 1 };
        DashboardRoutes.Map(routes, "/dualdb", new RootDashboard(routes.ServiceProvider.GetRequiredService<DatabaseMonitoring>(), [new LargeSection()], options, Redaction.None), configure: null);
    }

    /// <summary>A page of a megabyte that is another each time.</summary>
    private sealed class LargeSection : IDashboardSection
    {
        private int _number;

        public string Path => "";

        public Text Title => FrameTexts.All;

        public IReadOnlyList<DashboardPart> Parts(PageQuery query)
            => [DashboardPart.Of("large", FrameTexts.All, () => Interlocked.Increment(ref _number), static (number, _) => Html.Of($"{number}{new string('x', 1_000_000)}"))];
    }

    /// <summary>Counts what is asked of the audit through a line.</summary>
    private sealed class AuditStatements : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _count;

        public AuditStatements(int port)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Npgsql",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem("server.port") is int used && used == port && activity.GetTagItem("db.query.text") is string sql && sql.Contains("operator_audit", StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref _count);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
