using System.Diagnostics;
using System.Globalization;
using DualDb.Consistency.Worker;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>What the databases say of sagas when everything is over.</summary>
internal sealed class SagaRecord(WorkerAddress address)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>As the load of the workers has it.</summary>
    private const int OneOfIsImpossible = 4;

    private static readonly string[] Whole = ["booked", "charged", "noted", "sealed"];

    /// <summary>Waits until every saga is finished or stopped; the deadline is for one more of them to be, since how many there are depends on the machine.</summary>
    public async Task DrainAsync()
    {
        var (least, watch) = (long.MaxValue, Stopwatch.StartNew());
        while (await CountAsync("next_due is not null") is > 0 and var open)
        {
            if (open < least)
            {
                (least, watch) = (open, Stopwatch.StartNew());
            }

            if (watch.Elapsed > Deadline)
            {
                var left = await ReadAsync(address.Neon, "select id || ': ' || state || ' ' || coalesce(error, '') || ' ' || coalesce(lease_owner, '') from dualdb.sagas where next_due is not null");
                Assert.Fail($"Without disturbance, and {Deadline.TotalSeconds} s after the last progress, {open} sagas are still open:\n{string.Join('\n', left)}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Nothing lost, nothing stopped, everything whole or gone.</summary>
    /// <returns>The figures, for those who read along.</returns>
    public async Task<string> CheckAsync(Ledger ledger)
    {
        Assert.Empty(await ReadAsync(address.Neon, "select id || ': ' || state || ' ' || coalesce(error, '') from dualdb.sagas where state not in ('completed', 'compensated')"));
        var begun = ledger.Compare(await ReadAsync(address.Neon, "select id from dualdb.sagas"));
        Assert.True(begun.IsExact, $"Trips: {begun}");

        var completed = await ReadAsync(address.Neon, "select id from dualdb.sagas where state = 'completed'");
        Assert.DoesNotContain(completed, IsImpossible);
        var effects = await EffectsAsync();
        foreach (var trip in completed)
        {
            Assert.Equal(Whole, effects[trip].Order(StringComparer.Ordinal));
        }

        Assert.Equal(completed.Count, effects.Count); // Of all others nothing is left.
        var undone = await ReadAsync(address.Neon, "select id from dualdb.sagas where state = 'compensated'");
        Assert.Contains(undone, IsImpossible);
        var takenOver = await CountAsync("takeovers > 0");
        return string.Create(CultureInfo.InvariantCulture, $"{completed.Count} made, {undone.Count} undone, {takenOver} taken over; {begun}");
    }

    private static bool IsImpossible(string trip) => int.Parse(trip[(trip.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture) % OneOfIsImpossible == 0;

    private async Task<ILookup<string, string>> EffectsAsync()
    {
        var rows = await ReadAsync(address.Neon, "select trip || '|booked' from trip_bookings union all select trip || '|charged' from trip_fares");
        rows.AddRange(await ReadAsync(address.Supabase, "select trip || '|' || text from trip_notes"));
        return rows.ToLookup(static row => row[..row.LastIndexOf('|')], static row => row[(row.LastIndexOf('|') + 1)..]);
    }

    private async Task<long> CountAsync(string condition) => (await ReadAsync(address.Neon, $"select id from dualdb.sagas where {condition}")).Count;

    private static async Task<List<string>> ReadAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql + " order by 1", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
