using System.Runtime.CompilerServices;

namespace DualDb.Migrations.Running;

/// <summary>What a run has come to. It goes with the exception that ends the run, of whatever type that is.</summary>
internal sealed class RunOutcome
{
    private static readonly ConditionalWeakTable<Exception, RunOutcome> Told = new();

    private readonly List<MigrationId> _applied = [];

    /// <summary>What was applied, in order.</summary>
    public IReadOnlyList<MigrationId> Applied => _applied;

    /// <summary>Whether anything may have been changed in a database that is not the migrator's own.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>What somebody had changed without a migration.</summary>
    public IReadOnlyList<DriftDifference> Drift { get; private set; } = [];

    /// <summary>What an exception tells; nothing where it ended no run.</summary>
    public static RunOutcome Of(Exception exception) => Told.TryGetValue(exception, out var outcome) ? outcome : new RunOutcome();

    /// <summary>Notes that a migration was applied.</summary>
    public void Add(MigrationId id) => _applied.Add(id);

    /// <summary>Notes that something is about to be committed.</summary>
    public void Changed() => HasChanged = true;

    /// <summary>Lets an exception tell it.</summary>
    public void TellWith(Exception exception, IReadOnlyList<DriftDifference> drift)
    {
        Drift = drift;
        Told.AddOrUpdate(exception, this);
    }
}
