using DualDb.ChangeLog;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>A log that is asked.</summary>
internal sealed class PolledLog(ChangeLogReader reader) : ILogSource
{
    public Task? Arrival => null;

    public ValueTask<ChangePage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken) => reader.ReadAsync(since, limit, cancellationToken);

    public ValueTask CloseAsync() => ValueTask.CompletedTask;
}
