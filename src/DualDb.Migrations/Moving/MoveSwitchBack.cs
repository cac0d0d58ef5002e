using DualDb.Connections;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Takes a switch back, for all tables of a file together, as long as no write would be lost by that.</summary>
/// <param name="session">The transactions of the move.</param>
/// <param name="tables">The tables; all go the same way.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveSwitchBack(MoveSession session, IReadOnlyList<MovedTable> tables, MoveFailure failure)
{
    private PostgresDatabase Source => tables[0].Source;

    private PostgresDatabase Target => tables[0].Target;

    /// <summary>Looks whether something was written to the new tables that the old ones lack.</summary>
    public async Task RequireOpenAsync(Func<MovedTable, CancellationToken, Task<TableShape>> shape, CancellationToken cancellationToken)
    {
        foreach (var (table, _) in await SwitchedAsync(cancellationToken).ConfigureAwait(false))
        {
            // The new table may have more: what the file does to it behind the move is undone before the move is.
            var from = await shape(table, cancellationToken).ConfigureAwait(false);
            if (await DifferenceAsync(table, from, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                await LetNewWritesGoOnAsync(cancellationToken).ConfigureAwait(false);
                throw WouldBeLost(table, difference);
            }
        }
    }

    /// <summary>Takes it back: the new tables take no more writes; where they are as the old ones, those take them again, and the log tells what comes from then on.</summary>
    public async Task RunAsync(Func<MovedTable, CancellationToken, Task<(TableShape From, TableShape To)>> shapes, CancellationToken cancellationToken)
    {
        if (await SwitchedAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } switched)
        {
            try
            {
                await StopNewAsync([.. switched.Select(static one => one.Table)], shapes, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MigrationFailedException || (exception is PostgresException answer && !session.Run.Lock.IsLost && !TransientErrors.IsConnectionBroken(answer)))
            {
                await LetNewWritesGoOnAsync(cancellationToken).ConfigureAwait(false);
                throw;
            }

            await session.InAsync(
                Target,
                progress: null,
                async (connection, token) =>
                {
                    foreach (var (table, state) in switched)
                    {
                        await (state with { Stage = MoveState.Copied }).WriteAsync(session.Run, connection, table.Move.To, token).ConfigureAwait(false);
                    }
                },
                "switch taken back",
                cancellationToken).ConfigureAwait(false);
        }

        await session.RunAsync(Source, tables.Select(static table => WriteStop.Off(table.From)), "old writes go on", cancellationToken).ConfigureAwait(false);
    }

    private async Task StopNewAsync(IReadOnlyList<MovedTable> switched, Func<MovedTable, CancellationToken, Task<(TableShape From, TableShape To)>> shapes, CancellationToken cancellationToken)
    {
        var both = new List<(MovedTable Table, TableShape From)>();
        foreach (var table in switched)
        {
            both.Add((table, (await shapes(table, cancellationToken).ConfigureAwait(false)).From));
        }

        var since = session.Run.Clock.GetUtcNow();
        await session.RunAsync(Target, switched.SelectMany(table => WriteStop.OnNew(table, since)), "new writes stopped", cancellationToken).ConfigureAwait(false);
        foreach (var (table, from) in both)
        {
            if (await DifferenceAsync(table, from, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                throw WouldBeLost(table, difference);
            }
        }
    }

    // Also where an earlier attempt has stopped them, and broke off.
    private async Task LetNewWritesGoOnAsync(CancellationToken cancellationToken)
    {
        var switched = await SwitchedAsync(cancellationToken).ConfigureAwait(false);
        await session.RunAsync(Target, switched.Select(static one => WriteStop.Off(one.Table.To)), "new writes go on", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<(MovedTable Table, MoveState State)>> SwitchedAsync(CancellationToken cancellationToken)
    {
        var switched = new List<(MovedTable, MoveState)>();
        foreach (var table in tables)
        {
            if (await MoveSession.AskAsync(Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false) is { IsSwitched: true } state)
            {
                switched.Add((table, state));
            }
        }

        return switched;
    }

    private MigrationFailedException WouldBeLost(MovedTable table, string difference)
        => failure.Of($"there is no way back: rows were written in {Target.Kind} since the switch, which {Source.Kind} lacks and would lose, in {table.Move.To}: {difference}. Stay here and drop the old table (the phase contract), or let the entity move back by a migration of its own behind that.");

    private async Task<string?> DifferenceAsync(MovedTable table, TableShape shape, CancellationToken cancellationToken)
    {
        var source = await SourceSnapshot.TakeAsync(Source, cancellationToken).ConfigureAwait(false);
        await using var taken = source.ConfigureAwait(false);
        return await MovedRows.DifferenceAsync(table, shape, source, cancellationToken).ConfigureAwait(false);
    }
}
