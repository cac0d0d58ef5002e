using System.Globalization;
using DualDb.Consistency.Worker;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

// One node of an application: it dispatches events and runs sagas, and buys under names of its own, or travels, or writes what is synchronised, where DUALDB_CHAOS_LOAD says so. Arguments: the databases, the file of its ledger, its number, the seed. It says "ready", stops buying at the line
// "stop", which it answers with "stopped", and ends with its input. With DUALDB_CHAOS_LOAD as "migrate" it applies the migrations of a folder, which is its third argument, and ends.
var address = new WorkerAddress(args[0], args[1]);
if (Environment.GetEnvironmentVariable("DUALDB_CHAOS_LOAD") is "migrate")
{
    await Migrator.RunAsync(address, args[2], TimeSpan.FromSeconds(2));
    return;
}

var (index, seed) = (args[3], int.Parse(args[4], CultureInfo.InvariantCulture));
using var ledger = Ledger.Open(args[2]);

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
    .AddSimpleConsole(static options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "HH:mm:ss.fff "))
    .Services.Configure<ConsoleLoggerOptions>(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddSingleton(new Misfortune(seed));
builder.Services.AddWorkerDb(address.ApplyTo);
builder.Services.AddWorkerDbEvents(static options =>
{
    options.Lease = TimeSpan.FromSeconds(3);
    options.MaxPollInterval = TimeSpan.FromMilliseconds(100);
    options.MaxConcurrency = 4;
});

builder.Services.AddWorkerDbSagas(static options =>
{
    options.Lease = TimeSpan.FromSeconds(3);
    options.IdleInterval = TimeSpan.FromSeconds(2);
    options.MaxConcurrency = 8;
    options.MaxTakeovers = 1000;
});
var kind = Environment.GetEnvironmentVariable("DUALDB_CHAOS_LOAD");
if (kind is "sync")
{
    builder.Services.AddWorkerDbSync(static options => (options.Lease, options.MaxPollInterval, options.PageSize) = (TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100), 50));
}

using var host = builder.Build();
await host.StartAsync();

// A dispatcher that gives up stops the host: the test is to see that.
var isEnding = false;
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
{
    if (!isEnding)
    {
        Environment.Exit(3);
    }
});

using var stopping = new CancellationTokenSource();
string[] buyers = [.. Enumerable.Range(0, 3).Select(number => $"buyer {number} of {index}"), .. Enumerable.Range(0, 2).Select(number => $"{PurchaseLoad.Market}buyer {number} of {index}")];
var load = kind switch
{
    "sagas" => new TripLoad(host.Services.GetRequiredService<WorkerDb>(), ledger, $"traveller {index}").RunAsync(TimeSpan.FromMilliseconds(60), stopping.Token),
    "sync" => new SyncLoad(address, ledger, $"worker {index}", seed ^ Environment.ProcessId).RunAsync(TimeSpan.FromMilliseconds(40), stopping.Token),
    _ => new PurchaseLoad(address, ledger, buyers, seed ^ Environment.ProcessId).RunAsync(writers: 1, TimeSpan.FromMilliseconds(40), stopping.Token),
};
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    if (string.Equals(line, "stop", StringComparison.Ordinal))
    {
        await stopping.CancelAsync();
        await load;
        Console.WriteLine("stopped");
    }
}

isEnding = true;
await host.StopAsync();
