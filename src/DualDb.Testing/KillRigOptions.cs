using System.Diagnostics;
using DualDb.Testing.Killing;

namespace DualDb.Testing;

/// <summary>What a <see cref="KillRig"/> starts and what it does to it. Everything but <see cref="Worker"/> has a default.</summary>
public sealed class KillRigOptions
{
    /// <summary>
    /// How the worker of a number, from 0, is started: the program itself and its <see cref="ProcessStartInfo.ArgumentList"/>. Called again for every worker that takes another's place. Do not go
    /// through <c>dotnet run</c> or a script, since the process that is started is the one that is killed.
    /// </summary>
    public Func<int, ProcessStartInfo>? Worker { get; set; }

    /// <summary>How many workers run; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Workers
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 3;

    /// <summary>The line of output by which a worker says that it works; null, the default, waits for none. The rig starts when every worker has said so.</summary>
    public string? ReadyLine { get; set; }

    /// <summary>How long a worker may take to be ready, or to answer; 60 seconds by default.</summary>
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Servers that crash and restart; none by default.</summary>
    public IList<LocalPostgres> Servers { get; } = [];

    /// <summary>Proxies whose lines are cut, delayed and held up; none by default.</summary>
    public IList<LatencyProxy> Proxies { get; } = [];

    /// <summary>What everything random is drawn from. By default another one for each rig; set the one of a failure to repeat it.</summary>
    public int Seed { get; set; } = SeededRandom.NewSeed();

    /// <summary>How often each action is done, relative to the others; 0 for never. Actions that there is nothing to do them to are left out.</summary>
    public IDictionary<KillAction, int> Weights { get; } = new Dictionary<KillAction, int>
    {
        [KillAction.KillWorker] = 6,
        [KillAction.PauseWorker] = 3,
        [KillAction.CrashServer] = 1,
        [KillAction.RestartServer] = 1,
        [KillAction.CutLine] = 3,
        [KillAction.DropReply] = 6,
        [KillAction.DelayLine] = 2,
        [KillAction.HoldLine] = 1,
        [KillAction.RefuseConnections] = 1,
    };

    /// <summary>The pause between two actions: 0.3 to 2 seconds by default. An action that lasts does not hold up the next.</summary>
    public KillSpan Between { get; set; } = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2));

    /// <summary>How long a worker is frozen: 1 to 8 seconds by default. Let the longest be longer than every lease and timeout of yours.</summary>
    public KillSpan WorkerPause { get; set; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));

    /// <summary>How long a killed worker, a server or a line is away: up to 2 seconds by default, what starting takes not counted.</summary>
    public KillSpan Outage { get; set; } = new(TimeSpan.Zero, TimeSpan.FromSeconds(2));

    /// <summary>What a delayed line adds to each round trip: 5 to 100 milliseconds by default.</summary>
    public KillSpan Delay { get; set; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100));

    /// <summary>How many lines of a worker's output are kept for messages; 100 by default.</summary>
    public int OutputLines { get; set; } = 100;

    /// <exception cref="ArgumentException">Something is missing or out of range.</exception>
    internal static void Check(KillRigOptions options)
    {
        if (options.Worker is null)
        {
            throw new ArgumentException("KillRigOptions.Worker is missing: it says how a worker is started, such as index => new ProcessStartInfo(\"dotnet\", [\"Worker.dll\"]).", nameof(options));
        }

        if (options.Weights.Values.Any(static weight => weight < 0))
        {
            throw new ArgumentException("A weight in KillRigOptions.Weights is negative: 0 leaves an action out.", nameof(options));
        }
    }
}
