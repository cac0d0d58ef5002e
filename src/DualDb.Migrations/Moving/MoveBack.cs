using DualDb.Migrations.Files;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Moving;

/// <summary>Takes the phase backfill of a move back.</summary>
/// <param name="migration">The migration that is taken back.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
internal sealed class MoveBack(SqlMigration migration, MoveSession session, MovedTable table)
{
    /// <summary>Empties the copy, and ends the log.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        // What another migration has brought, or is there for good, is not this one's to empty: it was refused, and has copied nothing.
        var state = await MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false);
        if (state is not null && (state.IsSwitched || !string.Equals(state.Migration, migration.Id.Name, StringComparison.Ordinal)))
        {
            return;
        }

        await new SourceCapture(session, table).EndAsync(cancellationToken).ConfigureAwait(false);
        if (state is null)
        {
            return;
        }

        await session.InAsync(
            table.Target,
            progress: null,
            async (connection, token) =>
            {
                await SessionSettings.ExecuteAsync(connection, $"truncate {table.To}", token).ConfigureAwait(false);
                await SessionSettings.ExecuteAsync(connection, WriteStop.Off(table.To), token).ConfigureAwait(false);
                await MoveState.ForgetAsync(connection, table.Move.To, token).ConfigureAwait(false);
            },
            "copy emptied",
            cancellationToken).ConfigureAwait(false);
    }
}
