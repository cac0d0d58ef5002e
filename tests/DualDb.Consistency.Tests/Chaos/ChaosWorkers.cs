using System.Diagnostics;
using System.Globalization;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>The workers of a chaos test: how they are started, and where their ledgers are. The last one reaches the databases through poolers.</summary>
internal sealed class ChaosWorkers(ChaosPlace place, int count, string load = "events") : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DualDb.Consistency.Worker.dll");

    // The runtime that runs this test, which runs the workers too.
    private static readonly string Runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

    private readonly string _folder = Directory.CreateTempSubdirectory("dualdb.chaos.").FullName;

    /// <summary>What the workers know, those that were killed included.</summary>
    public Ledger ReadLedgers() => Ledger.Read(Enumerable.Range(0, count).Select(LedgerOf));

    /// <summary>Starts them under a rig that disturbs all that there is.</summary>
    public Task<KillRig> StartAsync(int seed) => KillRig.StartAsync(options =>
    {
        options.Worker = index => Start(index, seed);
        options.Workers = count;
        options.ReadyLine = "ready";
        options.Seed = seed;
        foreach (var server in place.Servers)
        {
            options.Servers.Add(server);
        }

        foreach (var line in place.Lines)
        {
            options.Proxies.Add(line);
        }
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessStartInfo Start(int index, int seed)
    {
        var address = index == count - 1 ? place.OverPoolers : place.OverLines;
        return new ProcessStartInfo(Runtime, [Program, address.Neon, address.Supabase, LedgerOf(index), Text(index), Text(seed)]) { Environment = { ["DUALDB_CHAOS_LOAD"] = load } };
    }

    private string LedgerOf(int index) => Path.Combine(_folder, Text(index));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
