using System.Globalization;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Model;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>
/// Brings the table that comes here to a later moment of the one it comes from: first what was changed since the last moment among the rows that are here, then the next rows in the order of their keys. So what is here
/// is what was there at one moment, up to a key, and no unique index is in the way of rows that exchange their values. More changes than a transaction should hold are brought in several, and the moment is written down with the last one;
/// between them it is written down that all of their rows are gone, so that whoever goes on behind a crash removes only what was changed since, and brings only what has not come.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
internal sealed class MoveAdvance(RunContext run, SqlMigration migration, MoveSession session, MovedTable table, TableShape shape)
{
    private const int DefaultBatch = 10_000;

    private readonly int _batch = migration.Batch ?? DefaultBatch;

    /// <summary>Goes on to a moment.</summary>
    /// <param name="source">The moment.</param>
    /// <param name="state">How far the table has come.</param>
    /// <param name="progress">The progress of the migration, for the history.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How far it has come then, and how many changes were brought along.</returns>
    public async Task<(MoveState State, long Changes)> RunAsync(SourceSnapshot source, MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        var part = await ReadAsync(source, state, progress, cancellationToken).ConfigureAwait(false);
        return (await BringAsync(part, progress, cancellationToken).ConfigureAwait(false), part.Changes);
    }

    /// <summary>Brings what is too much for one transaction, and reads what the last one brings.</summary>
    public async Task<MovePart> ReadAsync(SourceSnapshot source, MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        var since = state.ParsePosition();
        var changed = new ChangedKeys(source, shape, since);
        var (count, isTruncated) = await source.HasGapAsync(since, cancellationToken).ConfigureAwait(false) ? (0, true) : await changed.CountAsync(cancellationToken).ConfigureAwait(false);
        var next = state with { Position = source.Position.ToString() };
        next = isTruncated ? next with { Stage = MoveState.Copying, After = null } : next;
        var keys = isTruncated || count == 0 || next is { IsComplete: false, After: null } ? null
            : await new MoveBacklog(run, session, source, table, shape, _batch).BringAsync(state, changed, new MovePart(run, source, table, shape, next, changed), progress with { Cursor = CursorOf(state), Error = null }, cancellationToken).ConfigureAwait(false);
        return new MovePart(run, source, table, shape, next, changed)
        {
            Keys = keys,
            IsTruncated = isTruncated,
            End = next.IsComplete ? null : await EndAsync(source.Connection, next.After, cancellationToken).ConfigureAwait(false),
            Changes = count,
        };
    }

    /// <summary>Brings one part, in a transaction of its own.</summary>
    public async Task<MoveState> BringAsync(MovePart part, StepProgress progress, CancellationToken cancellationToken)
    {
        MoveState? here = null;
        await session.InAsync(
            table.Target,
            async (connection, token) =>
            {
                here = await part.BringAsync(connection, token).ConfigureAwait(false);
                return progress with { Cursor = CursorOf(here), Error = null };
            },
            "rows brought",
            cancellationToken).ConfigureAwait(false);
        return here!;
    }

    private static string CursorOf(MoveState state) => state.IsComplete ? state.Stage : $"{state.Stage} behind {(state.After is null ? "nothing" : string.Join(", ", state.After))}";

    // The key that the next rows end with; null where all that are left come now.
    private async Task<string[]?> EndAsync(NpgsqlConnection source, string[]? after, CancellationToken cancellationToken)
    {
        var rows = (_batch - 1).ToString(CultureInfo.InvariantCulture);
        using var command = new NpgsqlCommand(
            $"select array[{string.Join(", ", shape.KeyNames.Select(static name => SqlName.Quote(name) + "::text"))}] from {table.From}{shape.Between(after, end: null)} order by {shape.KeyList} offset {rows} limit 1", source);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string[];
    }
}
