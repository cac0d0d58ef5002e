using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>
/// Keeps a transaction alive in which nothing happens while the other database works: the server ends one that stands still for longer than the lease, and so it should, where it is this process that stands still. Nobody else may use the
/// connection until it is disposed.
/// </summary>
internal sealed class Standby : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _asking;

    /// <summary>Begins to.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="every">How often it is asked for something.</param>
    /// <param name="clock">The clock.</param>
    public Standby(NpgsqlConnection connection, TimeSpan every, TimeProvider clock) => _asking = AskAsync(connection, every, clock);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        _ended.Dispose();
    }

    // A question is never cancelled half-way, since that would break the transaction off.
    private async Task AskAsync(NpgsqlConnection connection, TimeSpan every, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                await SessionSettings.ExecuteAsync(connection, "select 1", CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The other database is done.
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone. The next statement there fails as well, and says whose it is.
        }
    }
}
