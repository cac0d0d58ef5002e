using System.Runtime.InteropServices;
using DualDb.Testing;
using DualDb.Testing.ChildProcess;

// Starts a pair of servers, or workers in their place, with a pooler, a Redis or a Supabase API where further arguments say so, tells their process ids, and then ends in the
// way that the first argument asks for. Tests start this program in order to kill it.
if (string.Equals(args[0], "cancel", StringComparison.Ordinal))
{
    await CancelStartsAsync();
    return 0;
}

if (args.Contains("rig", StringComparer.Ordinal))
{
    return await KillableWorkers.StartAndEndAsync(args[0]);
}

var servers = await LocalServers.StartAsync(options => options.Redis = args.Contains("redis", StringComparer.Ordinal));
if (args.Contains("pooler", StringComparer.Ordinal))
{
    await LocalPgBouncer.StartAsync(servers.Neon);
}

var supabase = args.Contains("supabase", StringComparer.Ordinal)
    ? await LocalSupabase.StartAsync(options => options.ConnectionString = args.Contains("own", StringComparer.Ordinal) ? null : servers.Supabase.ConnectionString)
    : null;

if (servers.Redis is not null && args.Contains("paused", StringComparer.Ordinal))
{
    await servers.Redis.PauseAsync();
}

int?[] processes = [servers.Neon.ProcessId, servers.Supabase.ProcessId, servers.Redis?.ProcessId, supabase?.ProcessId];
Console.WriteLine($"started {string.Join(' ', processes.Where(static id => id is not null))}");

switch (args[0])
{
    case "wait":
        await Task.Delay(Timeout.InfiniteTimeSpan);
        break;
    case "dispose":
        await servers.DisposeAsync();
        break;
    case "return":
        break;
    case "exit":
        Environment.Exit(3);
        break;
    case "throw":
        throw new InvalidOperationException("Thrown on purpose.");
    case "interrupted":
        await FinishWorkAfterInterruptAsync(servers);
        break;
    default:
        throw new ArgumentException($"'{args[0]}' is not a way to end.", nameof(args));
}

return 0;

// Cancels starts at once, after 50 ms, after 100, 200 and so on, until one is quicker than its cancellation.
static async Task CancelStartsAsync()
{
    var cancelled = 0;
    var after = TimeSpan.Zero;
    while (await IsCancelledAsync(after))
    {
        cancelled++;
        after = after == TimeSpan.Zero ? TimeSpan.FromMilliseconds(50) : after * 2;
    }

    Console.WriteLine($"cancelled {cancelled}");
}

static async Task<bool> IsCancelledAsync(TimeSpan after)
{
    using var cancellation = new CancellationTokenSource(after);
    try
    {
        await using var servers = await LocalServers.StartAsync(cancellation.Token);
        return false;
    }
    catch (OperationCanceledException)
    {
        return true;
    }
}

// A host that answers Ctrl-C by finishing what it does still needs its servers for that.
static async Task FinishWorkAfterInterruptAsync(LocalServers servers)
{
    var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        interrupted.SetResult();
    });
    Console.WriteLine("listening");
    await interrupted.Task;

    await using (servers)
    {
        await servers.Neon.CreateDatabaseAsync("last_work");
        Console.WriteLine("worked");
    }
}
