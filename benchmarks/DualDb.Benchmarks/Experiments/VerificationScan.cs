using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Sync.Verification;
using DualDb.Testing;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// A comparison of a million rows, seven of which differ, while others are written and carried: against one count with a checksum on each side, both sides at once. An answer with a row too many or too few
/// is none.
/// </summary>
internal sealed class VerificationScan : IExperiment
{
    private const int Rows = 1_000_000;
    private const int Rounds = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private static readonly string[] Damaged = ["1000", "123456", "200000", "333333", "500000", "2000001", "2000002"];

    public IReadOnlyList<string> Ids { get; } = ["verify_scan"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var servers = await LocalServers.StartAsync(cancellationToken);
        await using var node = SyncNode.Create(servers.Neon.ConnectionString, servers.Supabase.ConnectionString);
        await PrepareAsync(node.Db, cancellationToken);
        await node.StartAsync(cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(node.Db, ending.Token);
        var (compared, scanned) = (new double[Rounds], new double[Rounds]);
        for (var round = -1; round < Rounds; round++)
        {
            var scan = await TimeAsync(() => ScanAsync(node.Db, cancellationToken));
            var comparison = await TimeAsync(() => CompareAsync(node.Db, cancellationToken));
            if (round >= 0)
            {
                (compared[round], scanned[round]) = (comparison, scan);
            }
        }

        await ending.CancelAsync();
        var written = await writing;
        var ratio = Statistics.Median([.. compared.Zip(scanned, static (one, other) => one / other)]);
        return [new("verify_scan", ratio) { Note = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(compared):0.0} s / {Statistics.Median(scanned):0.0} s, {written:#,0} rows written meanwhile") }];
    }

    private static async Task PrepareAsync(ShopDb db, CancellationToken cancellationToken)
    {
        await db.CreateTablesAsync(cancellationToken);
        await db.Sync.InstallAsync(cancellationToken);

        // Both sides have them from the beginning, so that nothing is to be carried first.
        await db.Neon.ExecuteAsync($"alter table bench.followed disable trigger dualdb_change_log_insert", cancellationToken);
        foreach (var database in new PostgresDatabase[] { db.Neon, db.Supabase })
        {
            await database.ExecuteAsync(
                $"""
                insert into bench.followed (id, user_id, kind, place, at, amount, succeeded, device)
                select n, md5(n::text)::uuid, n % 10, 'Porto', timestamp '2026-01-01' + n * interval '1 second', n / 100.0, n % 2 = 0, 'phone ' || n from generate_series(1, {Rows}) n
                """,
                cancellationToken);
            await database.ExecuteAsync($"analyze bench.followed", cancellationToken);
        }

        await db.Neon.ExecuteAsync($"alter table bench.followed enable trigger dualdb_change_log_insert", cancellationToken);
        await db.Supabase.ExecuteAsync($"delete from bench.followed where id in (1000, 123456)", cancellationToken);
        await db.Supabase.ExecuteAsync($"update bench.followed set amount = amount + 0.01 where id = 200000", cancellationToken);
        await db.Supabase.ExecuteAsync($"update bench.followed set device = null where id = 333333", cancellationToken);
        await db.Supabase.ExecuteAsync($"update bench.followed set place = 'Porto ' where id = 500000", cancellationToken);
        await db.Supabase.ExecuteAsync(
            $"insert into bench.followed (id, user_id, kind, place, at, amount, succeeded) select n, gen_random_uuid(), 1, 'Faro', '2026-01-01', 1, true from generate_series(2000001, 2000002) n", cancellationToken);
    }

    private static Task ScanAsync(ShopDb db, CancellationToken cancellationToken)
        => Task.WhenAll(new PostgresDatabase[] { db.Neon, db.Supabase }.Select(async database =>
            Expect.Found(await database.ExecuteScalarAsync<string>($"select count(*) || ' ' || bit_xor(hashtextextended(f::text, 0)) from bench.followed f", cancellationToken))));

    private static async Task CompareAsync(ShopDb db, CancellationToken cancellationToken)
    {
        var report = await db.Sync.VerifyAsync(new VerificationOptions { Map = "followed", Orphans = false }, cancellationToken);
        var found = report.Maps.SelectMany(static map => map.Differences).Select(static difference => new string([.. difference.Key.Where(char.IsAsciiDigit)])).Order(StringComparer.Ordinal);
        if (!found.SequenceEqual(Damaged.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new InvalidDataException($"The comparison found other rows than those that differ: {report.ToTable()}");
        }
    }

    /// <summary>Two hundred a second: new rows, and changes of old ones.</summary>
    private static async Task<int> WriteAsync(ShopDb db, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; ; number++)
        {
            var due = (Interval * number) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return number;
            }

            await (number % 2 == 0
                ? FollowedRows.InsertAsync(db, 5_000_000 + number, CancellationToken.None)
                : db.Neon.ExecuteAsync($"update bench.followed set kind = kind + 1 where id = {1001 + (number * 97L % 100_000)}", CancellationToken.None));
        }
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
