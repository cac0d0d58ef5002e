using DualDb.ChangeLog;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>Gives the changes of a log, each once along a chain of positions.</summary>
internal interface ILogSource
{
    /// <summary>Ends when there may be something to read; null where it has to be asked from time to time.</summary>
    Task? Arrival { get; }

    /// <summary>What there is behind a position.</summary>
    ValueTask<ChangePage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken);

    /// <summary>Lets go of what it holds in the database; it is taken again by the next reading.</summary>
    ValueTask CloseAsync();
}
