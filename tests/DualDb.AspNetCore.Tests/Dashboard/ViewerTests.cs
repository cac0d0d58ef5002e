using System.Diagnostics;
using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What those who look cost the databases.</summary>
public sealed class ViewerTests(DashboardServers servers, ITestOutputHelper output)
{
    private const int Many = 50;

    /// <summary>For so many refreshes of each page it is counted.</summary>
    private const int Rounds = 15;

    private static readonly string[] Pages = ["", "/alerts", "/queries", "/cache", "/nodes", "/audit"];

    [Fact]
    public async Task Fifty_open_dashboards_send_no_statement_more_than_one_of_each_page()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        using var statements = new Statements(place.NeonLine.Port, place.SupabaseLine.Port);
        var streams = await OpenAsync(app, Pages.Length);
        var few = await CountAsync(statements, streams);

        streams.AddRange(await OpenAsync(app, Many));
        var many = await CountAsync(statements, streams);

        // Were there one for each who looks, there would be hundreds more. What the monitoring sends of itself comes at intervals, and may come once more in the one than in the other.
        output.WriteLine($"{few} statements in {Rounds} refreshes with {Pages.Length} dashboards, {many} with {Many} more");
        Assert.True(few >= Rounds, $"Only {few} statements were sent for {Rounds} refreshes of pages that read from a database.");
        Assert.InRange(many - few, -Many / 2, Many / 2);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    private static async Task<List<EventStream>> OpenAsync(DashboardApp app, int count)
    {
        List<EventStream> streams = [.. await Task.WhenAll(Enumerable.Range(0, count).Select(place => EventStream.OpenAsync(app, "/dualdb/live" + Pages[place % Pages.Length])))];
        await RefreshAsync(streams, 2);
        return streams;
    }

    private static async Task<int> CountAsync(Statements statements, List<EventStream> streams)
    {
        var before = statements.Count;
        await RefreshAsync(streams, Rounds);
        return statements.Count - before;
    }

    /// <summary>Reads until each has been shown so many pages more.</summary>
    private static Task RefreshAsync(List<EventStream> streams, int times)
        => Task.WhenAll(streams.Select(async stream =>
        {
            for (var wanted = stream.Shown + times; stream.Shown < wanted;)
            {
                Assert.True(await stream.ReadAsync());
            }
        }));

    /// <summary>Counts what is sent through lines, whatever it is.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _count;

        public Statements(params int[] ports)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Npgsql",
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem("server.port") is int port && ports.Contains(port) && activity.GetTagItem("db.query.text") is not null)
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
