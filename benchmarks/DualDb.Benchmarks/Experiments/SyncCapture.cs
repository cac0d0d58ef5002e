using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// An insert into a table whose changes are captured, against the same into one whose are not; on servers that flush each commit to the disk, as those do that anybody writes to.
/// </summary>
internal sealed class SyncCapture : IExperiment
{
    private const int Calls = 100;
    private const int Callers = 4;

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
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(12), leastRounds: 21);
        var next = 0L;
        var result = await contest.RunAsync(cancellationToken, Repeat("captured", "followed"), Repeat("alone", "unfollowed"));
        return [new("sync_capture", result.TimeRatio("captured", "alone")) { Note = Note.Both(result, "captured", "alone") }];

        Contestant Repeat(string name, string table)
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
            }).With(Callers);
        }
    }
}
