using System.CommandLine;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary>The options of a run, as <see cref="MigrationOptions"/> has them; what is not said stays the application's.</summary>
internal sealed class RunOptions
{
    private readonly Option<MigrationPhase?> _through = new("--through") { Description = "The last phase to apply; migrations of later ones wait" };
    private readonly Option<bool> _seeds = new("--seeds") { Description = "Insert the rows of the folders 'seeds' as well, each file once" };
    private readonly Option<bool> _allowOutOfOrder = new("--allow-out-of-order") { Description = "Apply what is older than what was applied, as after a merge" };
    private readonly Option<bool> _allowMissing = new("--allow-missing") { Description = "Do not mind that applied migrations are not at hand" };
    private readonly Option<Database?> _home = HomeOption();
    private readonly Option<string?> _actor = new("--actor") { Description = "Who runs it, for the history [default: the user of the system]" };
    private readonly Option<MigrationFailurePolicy?> _onFailure = new("--on-failure") { Description = "What happens when a migration fails [default: stop]" };
    private readonly Option<MigrationDriftPolicy?> _onDrift = new("--on-drift") { Description = "What happens where a schema was changed without a migration [default: warn]" };
    private readonly Option<string?> _planHash = new("--plan-hash") { Description = "The only plan that may be run, by the hash that 'plan' shows" };
    private readonly Option<string?> _lease = new("--lease") { Description = "After how long a migrator without a sign of life is taken for dead, such as 30s" };
    private readonly Option<string?> _lockWait = new("--lock-wait") { Description = "How long to wait for another migrator, such as 15min" };
    private readonly Option<string?> _lockTimeout = new("--lock-timeout") { Description = "How long one attempt of a statement waits for locks, such as 4s" };

    /// <summary>Where the journal is, also for commands that run nothing.</summary>
    public static Option<Database?> HomeOption() => new("--home") { Description = "The database that keeps the journal of runs [default: neon]" };

    /// <summary>Adds what says which migrations are looked at.</summary>
    public RunOptions AddReading(Command command)
    {
        command.Add(_through);
        command.Add(_allowOutOfOrder);
        command.Add(_allowMissing);
        command.Add(_home);
        return this;
    }

    /// <summary>Adds whether rows are inserted.</summary>
    public RunOptions AddSeeds(Command command)
    {
        command.Add(_seeds);
        return this;
    }

    /// <summary>Adds what says how they are run.</summary>
    public RunOptions AddWriting(Command command, bool applies)
    {
        if (applies)
        {
            command.Add(_onFailure);
            command.Add(_planHash);
            command.Add(_onDrift);
        }

        command.Add(_actor);
        command.Add(_lease);
        command.Add(_lockWait);
        command.Add(_lockTimeout);
        return this;
    }

    /// <summary>The runner of a call.</summary>
    /// <exception cref="UsageException">A duration is none.</exception>
    public MigrationRunner Runner(CommandCall call, IProgress<ProgressStep>? progress = null)
    {
        var (lease, lockWait, lockTimeout) = (Duration.Parse("--lease", call.Value(_lease)), Duration.Parse("--lock-wait", call.Value(_lockWait)), Duration.Parse("--lock-timeout", call.Value(_lockTimeout)));
        return call.Target.Runner(options =>
        {
            options.Through = call.Value(_through) ?? options.Through;
            options.Seeds |= call.Value(_seeds);
            options.AllowOutOfOrder |= call.Value(_allowOutOfOrder);
            options.AllowMissing |= call.Value(_allowMissing);
            options.Home = call.Value(_home) ?? options.Home;
            options.Actor = call.Value(_actor) ?? options.Actor;
            options.OnFailure = call.Value(_onFailure) ?? options.OnFailure;
            options.OnDrift = call.Value(_onDrift) ?? options.OnDrift;
            options.PlanHash = call.Value(_planHash) ?? options.PlanHash;
            options.Lease = lease ?? options.Lease;
            options.LockWait = lockWait ?? options.LockWait;
            options.LockTimeout = lockTimeout ?? options.LockTimeout;
            options.Progress = progress is null ? options.Progress : new MigrationProgressLines(progress);
        });
    }
}
