using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// An insert into a table whose changes are captured, against the same into one whose are not; on servers that flush each commit to the disk, as those do that anybody writes to. One caller: all
/// that the capture does lies on its way, and nothing of it is hidden. What several callers lose, who keep every core busy, is noted beside it.
/// </summary>
internal sealed class SyncCapture : IExperiment
{
    private const int Calls = 100;
    private const int Crowd = 4;

    public IReadOnlyList<string> Ids { get; } = ["sync_capture"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var servers = await LocalServers.StartAsync(
            static options => (options.PostgreSqlSettings["fsync"], options.PostgreSqlSettings["synchronous_commit"], options.PostgreSqlSettings["full_page_writes"]) = ("on", "on", "on"), cancellationToken);
        await using var db = ShopDb.Create(options =>
        {
            options.Neon.ConnectionString = servers.Neon.ConnectionString;
            options.Supabase.ConnectionString = servers.Supabase.ConnectionString;
            options.Caching.Redis = null;
        });
        await db.CreateTablesAsync(cancellationToken);
        await db.Sync.InstallAsync(cancellationToken);
        await db.Neon.ExecuteAsync($"create table bench.unfollowed (like bench.followed including indexes including defaults)", cancellationToken);
        var source = await db.Neon.GetDataSourceAsync(cancellationToken);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(10), leastRounds: 21);
        var next = 0L;
        var one = await contest.RunAsync(cancellationToken, Repeat("captured", "followed", callers: 1), Repeat("alone", "unfollowed", callers: 1));
        var crowd = await contest.RunAsync(cancellationToken, Repeat("captured", "followed", Crowd), Repeat("alone", "unfollowed", Crowd));
        var note = string.Create(CultureInfo.InvariantCulture, $"{Note.Both(one, "captured", "alone")}; with {Crowd} callers {crowd.TimeRatio("captured", "alone"):0.00} ×");
        return [new("sync_capture", one.TimeRatio("captured", "alone")) { Note = note }];

        Contestant Repeat(string name, string table, int callers)
        {
            var sql = $"insert into bench.{table} (id, user_id, kind, place, at, amount, succeeded, device) values ($1, gen_random_uuid(), 3, 'Porto', '2026-01-01', 12.5, true, 'phone')";
            return new Contestant(name, async (first, calls) =>
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                for (var call = first; call < first + calls; call++)
                {
                    await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = Interlocked.Increment(ref next) } } };
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
            }).With(callers);
        }
    }
}
