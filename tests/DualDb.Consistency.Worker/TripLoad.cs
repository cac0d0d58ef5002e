using System.Globalization;
using DualDb.Testing;

namespace DualDb.Consistency.Worker;

/// <summary>Travellers who start one trip after another, and the ledger of those that have begun: from then on they must be made or undone.</summary>
internal sealed class TripLoad(WorkerDb db, Ledger ledger, string traveller)
{
    /// <summary>Every so many trips cannot be made.</summary>
    public const int OneOfIsImpossible = 4;

    public async Task RunAsync(TimeSpan pause, CancellationToken stopping)
    {
        // Those before this process may have come far.
        var number = ledger.Writes.Keys.Where(write => write.StartsWith(traveller + "/", StringComparison.Ordinal))
            .Select(static write => int.Parse(write[(write.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        using var timer = new PeriodicTimer(pause);
        while (!stopping.IsCancellationRequested)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{traveller}/{++number}");
            ledger.Begin(name);
            try
            {
                await db.Sagas.Trip.StartAsync(name, new Trip(name, number % OneOfIsImpossible == 0), CancellationToken.None);
                ledger.Commit(name);
            }
            catch (DualDbException)
            {
                // It may have begun, or not: the ledger does not know.
            }

            await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }
}
