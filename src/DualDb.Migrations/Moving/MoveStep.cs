using DualDb.Connections;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>A line <c>-- move: …</c> of a file: what it does depends on the phase of the file. Each part is committed with its progress, and can be begun again.</summary>
internal sealed class MoveStep
{
    private readonly SqlMigration _migration;
    private readonly RunContext _run;
    private readonly MoveSession _session;
    private readonly MovedTable _table;
    private readonly MoveFailure _failure;

    public MoveStep(RunContext run, SqlMigration migration, SqlStatement statement)
    {
        // The last phase belongs to the database that the table leaves.
        var here = migration.Id.Database;
        var there = here == Database.Neon ? Database.Supabase : Database.Neon;
        var (source, target) = migration.Phase == MigrationPhase.Contract ? (here, there) : (there, here);
        _run = run;
        _migration = migration;
        _session = new MoveSession(run, migration);
        _table = new MovedTable(statement.Moved!, run.Databases.Of(source), run.Databases.Of(target));
        _failure = new MoveFailure(migration, statement, _table);
    }

    /// <summary>Does what is not done yet.</summary>
    /// <param name="before">The progress up to now.</param>
    /// <param name="after">The progress once it is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="MigrationFailedException">It failed; what is committed stays.</exception>
    public Task ApplyAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        after = after with { Cursor = null };
        if (_migration.Phase == MigrationPhase.Contract)
        {
            await new MoveEnd(_run, _session, _table, _failure).ApplyAsync(after, cancellationToken).ConfigureAwait(false);
            return;
        }

        var (from, to) = await ShapesAsync(cancellationToken).ConfigureAwait(false);
        var rows = new MovedRows(_run, _session, _table, from, new MoveAdvance(_run, _migration, _session, _table, from), _failure);
        await (_migration.Phase == MigrationPhase.Backfill
            ? new MoveCopy(_run, _migration, _session, _table, from, rows, _failure).ApplyAsync(before, after, cancellationToken)
            : new MoveSwitch(_run, _session, _table, from, to, rows, _failure).ApplyAsync(before, after, cancellationToken)).ConfigureAwait(false);
    });

    /// <summary>Takes it back.</summary>
    /// <param name="after">The progress once that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="MigrationFailedException">There is no way back any more.</exception>
    public Task UndoAsync(StepProgress after, CancellationToken cancellationToken)
        => GuardAsync(() => new MoveBack(_migration, _session, _table, _failure).RunAsync(_migration.Phase, after, ShapesAsync, cancellationToken));

    /// <summary>Makes sure that nothing was written yet that would be lost by the way back.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="MigrationFailedException">Something was.</exception>
    public Task RequireWayBackAsync(CancellationToken cancellationToken) => GuardAsync(() => new MoveBack(_migration, _session, _table, _failure).RequireOpenAsync(token => ShapeAsync(_table.Source, _table.Move.From, token), cancellationToken));

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (PostgresException answer) when (!_run.Lock.IsLost && !TransientErrors.IsConnectionBroken(answer))
        {
            throw _failure.Of(answer);
        }
    }

    private async Task<(TableShape From, TableShape To)> ShapesAsync(CancellationToken cancellationToken)
    {
        var from = await ShapeAsync(_table.Source, _table.Move.From, cancellationToken).ConfigureAwait(false);
        var to = await ShapeAsync(_table.Target, _table.Move.To, cancellationToken).ConfigureAwait(false);
        var (missing, more) = (from.Columns.Except(to.Columns, StringComparer.Ordinal).ToList(), to.Columns.Except(from.Columns, StringComparer.Ordinal).ToList());
        return missing.Count + more.Count == 0 && from.KeyNames.SequenceEqual(to.KeyNames, StringComparer.Ordinal)
            ? (from, to)
            : throw _failure.Of(
                $"the tables differ: {(missing.Count > 0 ? $"{_table.Target.Kind} lacks the columns {string.Join(", ", missing)}" : more.Count > 0 ? $"{_table.Source.Kind} lacks the columns {string.Join(", ", more)}" : "they have other primary keys")}. Bring the one to the form of the other in migrations of their own, and run again.");
    }

    private async Task<TableShape> ShapeAsync(PostgresDatabase database, TableName name, CancellationToken cancellationToken)
    {
        var shape = await MoveSession.AskAsync(database, (connection, token) => TableShape.ReadAsync(connection, name, token), cancellationToken).ConfigureAwait(false);
        return shape is null ? throw _failure.Of($"{database.Kind} has no table {name}. The phase expand creates the new one; the old one goes last.")
            : shape.Key.Count == 0 ? throw _failure.Of($"{name} in {database.Kind} has no primary key, by which rows are told apart. Add one.")
            : shape;
    }
}
