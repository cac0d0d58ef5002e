using System.Runtime.CompilerServices;
using DualDb.Connections;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>
/// Says within the process that an outbox has new rows. Raised after the commit, so that whoever hears it finds them. Roots that act as users share it with the one that they were made from.
/// </summary>
internal sealed class OutboxSignal(PostgresDatabase database)
{
    private static readonly ConditionalWeakTable<DatabaseOptions, OutboxSignal> Signals = [];

    private readonly Signal _signal = new();
    private readonly OutboxNotifier _notifier = new(database);

    /// <summary>Whether the dispatcher of this process handles all keys of the outbox, so that no other process needs to be told.</summary>
    public bool IsHandledHere { get; set; }

    /// <summary>Completes when it is raised the next time. Take it before looking at the table.</summary>
    public Task Next => _signal.Next;

    public static OutboxSignal Of(PostgresDatabase database) => Signals.GetValue(database.Options, _ => new OutboxSignal(database));

    /// <summary>This process has committed an event.</summary>
    public void Raise()
    {
        _signal.Raise();
        if (!IsHandledHere)
        {
            _notifier.Notify();
        }
    }

    /// <summary>Another process has.</summary>
    public void RaiseHere() => _signal.Raise();
}
