using System.Globalization;
using DualDb.Testing;

namespace DualDb.Consistency.Worker;

/// <summary>Writers on both sides: some rows are theirs alone, others everybody writes and deletes. The ledger has every row that was written, by its name.</summary>
public sealed class SyncLoad(WorkerAddress address, Ledger ledger, string writer, int seed)
{
    /// <summary>How many rows everybody writes, from 1 on. Those of one writer alone have higher numbers.</summary>
    public const int Shared = 50;

    public async Task RunAsync(TimeSpan pause, CancellationToken stopping)
    {
        await using var db = WorkerDb.Create(address.ApplyTo);
        await Task.WhenAll(WriteAsync(db, Database.Neon, new Random(seed), pause, stopping), WriteAsync(db, Database.Supabase, new Random(~seed), pause, stopping));
    }

    private async Task WriteAsync(WorkerDb db, Database database, Random random, TimeSpan pause, CancellationToken stopping)
    {
        // Those before this process may have come far.
        var prefix = $"{writer} in {database}/";
        var number = ledger.Writes.Keys.Where(write => write.StartsWith(prefix, StringComparison.Ordinal)).Select(write => int.Parse(write[prefix.Length..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        using var timer = new PeriodicTimer(pause);
        while (!stopping.IsCancellationRequested)
        {
            switch (random.Next(10))
            {
                case 0:
                    await DeleteAsync(db, database, random.Next(1, Shared + 1));
                    break;
                case < 5:
                    await WriteAsync(db, database, random.Next(1, Shared + 1), prefix, ++number);
                    break;
                default:
                    await WriteAsync(db, database, random.NextInt64(Shared + 1, long.MaxValue), prefix, ++number);
                    break;
            }

            await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task WriteAsync(WorkerDb db, Database database, long id, string prefix, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
        ledger.Begin(name);
        try
        {
            await (database == Database.Neon
                ? db.Items.UpsertAsync(new Item { Id = id, Name = name, Amount = number })
                : (Task)db.Copies.UpsertAsync(new Copy { Id = id, Name = name, Amount = number }));
            ledger.Commit(name);
        }
        catch (DualDbException)
        {
            // A line that broke while the statement was on its way leaves it open: the ledger does not know either.
        }
    }

    private static async Task DeleteAsync(WorkerDb db, Database database, long id)
    {
        try
        {
            await (database == Database.Neon ? db.Items.DeleteAsync(id) : (Task)db.Copies.DeleteAsync(id));
        }
        catch (DualDbException)
        {
            // Whether it took place, the log knows.
        }
    }
}
