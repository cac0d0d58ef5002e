using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Has one of several nodes do what is due from time to time, by the clock of the database.</summary>
/// <param name="database">Where the lease lies.</param>
/// <param name="task">What is done.</param>
/// <param name="interval">How often.</param>
/// <param name="lease">For how long it is taken; it is renewed while the work goes on.</param>
internal sealed class TaskLease(PostgresDatabase database, string task, TimeSpan interval, TimeSpan lease)
{
    // Nodes do not look at the same moment: one that comes a little early is not sent away for a whole interval.
    private const string Take = """
        insert into dualdb.sync_tasks as t (task, owner, began_at, expires_at) values ($1, $2, clock_timestamp(), clock_timestamp() + $3)
        on conflict (task) do update set owner = excluded.owner, began_at = excluded.began_at, expires_at = excluded.expires_at
        where t.expires_at < clock_timestamp() and t.began_at <= clock_timestamp() - $4 * 0.9
        returning 1
        """;

    private const string Renew = "update dualdb.sync_tasks set expires_at = clock_timestamp() + $3 where task = $1 and owner = $2 returning 1";

    private const string Free = "update dualdb.sync_tasks set expires_at = '-infinity' where task = $1 and owner = $2";

    /// <summary>Work that failed is due again, and was nobody's.</summary>
    private const string GiveUp = "update dualdb.sync_tasks set expires_at = '-infinity', began_at = '-infinity', owner = '00000000-0000-0000-0000-000000000000' where task = $1 and owner = $2";

    private const string Others = "select 1 from dualdb.sync_tasks where task = $1 and owner <> all (array[$2, '00000000-0000-0000-0000-000000000000']) and expires_at = '-infinity'";

    private readonly Guid _owner = Guid.CreateVersion7();

    /// <summary>Does the work where it is due and no other node does it. It is cancelled where the lease is lost.</summary>
    /// <returns>Whether it was done here.</returns>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (!await ChangeAsync(Take, isTaking: true, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var isDone = false;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(ending);
        try
        {
            await work(ending.Token).ConfigureAwait(false);
            isDone = true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The lease is another node's now, and the work with it.
            return false;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            await FreeAsync(isDone ? Free : GiveUp).ConfigureAwait(false);
        }

        return true;
    }

    private async Task RenewAsync(CancellationTokenSource ending)
    {
        try
        {
            do
            {
                await Task.Delay(lease / 3, database.Clock, ending.Token).ConfigureAwait(false);
            }
            while (await ChangeAsync(Renew, isTaking: false, ending.Token).ConfigureAwait(false));

            await ending.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (DualDbException)
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether another node was the last to do it, and has come to its end.</summary>
    public Task<bool> IsDoneByOthersAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(database, "Looking who did " + task, [DatabaseCall.Command(Others, DatabaseCall.Parameter(task), DatabaseCall.Parameter(_owner))], static (reader, token) => reader.ReadAsync(token), cancellationToken);

    private async Task FreeAsync(string sql)
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await DatabaseCall.RunAsync(database, "Releasing " + task, [DatabaseCall.Command(sql, DatabaseCall.Parameter(task), DatabaseCall.Parameter(_owner))], deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DualDbException or OperationCanceledException or ObjectDisposedException)
        {
            // It expires.
        }
    }

    private Task<bool> ChangeAsync(string sql, bool isTaking, CancellationToken cancellationToken)
    {
        var command = DatabaseCall.Command(sql, DatabaseCall.Parameter(task), DatabaseCall.Parameter(_owner), DatabaseCall.Parameter(lease));
        if (isTaking)
        {
            command.Parameters.Add(DatabaseCall.Parameter(interval));
        }

        return DatabaseCall.RunAsync(database, "Leasing " + task, [command], static (reader, token) => reader.ReadAsync(token), cancellationToken);
    }
}
