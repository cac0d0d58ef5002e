using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Capture.Pausing;

/// <summary>
/// Has the maps wait that read or write tables, while statements alter those; the other maps go on. Without it, a page that is being applied would hold up the statement, and the statement all maps. It is a lease: where this
/// process dies, they go on when it ends. They do so as well, with all that was changed meanwhile, when it is disposed of.
/// </summary>
internal sealed class TablePause : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly RunContext _run;
    private readonly List<PostgresDatabase> _begun = [];
    private readonly CancellationTokenSource _ended = new();
    private Task _renewing = Task.CompletedTask;

    private TablePause(RunContext run, Migration migration, IReadOnlyList<SyncedTable> tables)
    {
        _run = run;
        (Database, Tables) = (migration.Id.Database, tables);
        Reason = $"{migration.Id}";
    }

    /// <summary>Where the tables are.</summary>
    public Database Database { get; }

    /// <summary>The tables.</summary>
    public IReadOnlyList<SyncedTable> Tables { get; }

    /// <summary>Whose statements alter them.</summary>
    public string Reason { get; }

    public Guid RunId => _run.RunId;

    public string Actor => _run.Options.Actor;

    public TimeSpan Lease => _run.Options.Lease;

    /// <summary>Begins one where the statements may alter tables that are synchronised. When this returns, nothing is being applied to them, and nothing will be.</summary>
    /// <returns>What ends it; where none is needed, that does nothing.</returns>
    public static async Task<TablePause> BeginAsync(RunContext run, Migration migration, IReadOnlyList<SqlStatement> statements, CancellationToken cancellationToken)
    {
        var tables = statements.Any(NamedTables.IsSuspect)
            ? NamedTables.In(statements, await AskAsync(run.Databases.Of(migration.Id.Database), SyncedTable.FindAsync, cancellationToken).ConfigureAwait(false))
            : [];
        var pause = new TablePause(run, migration, tables);
        try
        {
            await pause.BeginAsync(cancellationToken).ConfigureAwait(false);
            return pause;
        }
        catch
        {
            await pause.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has the maps go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _ended.Dispose();
        foreach (var database in _begun)
        {
            await TryAsync(database, (connection, token) => PauseSql.EndAsync(connection, RunId, token)).ConfigureAwait(false);
        }

        if (_begun.Count > 0)
        {
            _run.Reach("synchronisation resumed");
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Tables.Count == 0)
        {
            return;
        }

        foreach (var database in _run.Databases.Both)
        {
            if (await AskAsync(database, SyncedTable.CanPauseAsync, cancellationToken).ConfigureAwait(false))
            {
                _begun.Add(database);
                await AskAsync(database, BeginInAsync, cancellationToken).ConfigureAwait(false);
                _run.Reach("synchronisation paused");
            }
        }

        _renewing = RenewAsync(_ended.Token);
    }

    private async Task<bool> BeginInAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await PauseSql.BeginAsync(connection, this, _run.Options.LockTimeout, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task RenewAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 3, _run.Clock, ended).ConfigureAwait(false);
                foreach (var database in _begun)
                {
                    await TryAsync(database, (connection, token) => PauseSql.RenewAsync(connection, RunId, Lease, token)).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The statements are done.
        }
    }

    // It ends by itself, and no failure of it may take the place of what the statements have come to.
    private static async Task TryAsync(PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task> send)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            await AskAsync(
                database,
                async (connection, token) =>
                {
                    await send(connection, token).ConfigureAwait(false);
                    return true;
                },
                deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or DualDbException or OperationCanceledException or ObjectDisposedException)
        {
            // See above.
        }
    }

    private static async Task<T> AskAsync<T>(PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        return await ask(connection, cancellationToken).ConfigureAwait(false);
    }
}
