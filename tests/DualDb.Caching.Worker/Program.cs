using System.Globalization;
using DualDb.Caching.Worker;

// One node of an application: reads and writes at random for a while, and tells what it saw and when. Arguments: the databases, the address of Redis, the prefix,
// the seconds, the seed. It says "ready", begins at a line of input, and writes its log when it has ended.
await using var db = WorkerDb.Create(options =>
{
    options.Neon.ConnectionString = args[0];
    options.Supabase.ConnectionString = args[1];
    options.Caching.Redis = args[2];
    options.Caching.KeyPrefix = args[3];
});
if (string.Equals(args[4], "prepare", StringComparison.Ordinal))
{
    await Items.CreateAsync(db);
    return;
}

var seed = int.Parse(args[5], CultureInfo.InvariantCulture);
var log = new OperationLog();
await db.Neon.PingAsync();
await Items.ReadAllAsync(db);
Console.WriteLine("ready");
await Console.In.ReadLineAsync();

using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(args[4], CultureInfo.InvariantCulture)));
var watching = new RedisWatch(db, log).RunAsync(ended.Token);
await Task.WhenAll(Enumerable.Range(0, 2).Select(index => new RandomOperations(db, log, seed + index).RunAsync(ended.Token)));
await watching;
log.Write(Console.Out);
