using DualDb.Connections;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>A line <c>-- move: …</c> of a file, or all of them where the phase is switch: what they do depends on the phase of the file. Each part is committed with its progress, and can be begun again.</summary>
internal sealed class MoveStep
{
    private readonly SqlMigration _migration;
    private readonly RunContext _run;
    private readonly MoveSession _session;
    private readonly IReadOnlyList<MovedTable> _tables;
    private readonly MoveFailure _failure;

    public MoveStep(RunContext run, SqlMigration migration, IReadOnlyList<SqlStatement> statements)
    {
        // The last phase belongs to the database that the table leaves.
        var here = migration.Id.Database;
        var there = here == Database.Neon ? Database.Supabase : Database.Neon;
        var (source, target) = migration.Phase == MigrationPhase.Contract ? (here, there) : (there, here);
        _run = run;
        _migration = migration;
        _session = new MoveSession(run, migration);
        _tables = [.. statements.Select(statement => new MovedTable(statement.Moved!, run.Databases.Of(source), run.Databases.Of(target)) { ShowsKeys = KeyVisibility.Of(run.Root, statement.Moved!) })];
        _failure = new MoveFailure(migration, statements[0], _tables);
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
            await new MoveEnd(_run, _session, _tables[0], _failure).ApplyAsync(after, cancellationToken).ConfigureAwait(false);
            return;
        }

        var ready = new List<SwitchedTable>();
        foreach (var table in _tables)
        {
            var (from, to) = await ShapesAsync(table, cancellationToken).ConfigureAwait(false);
            var advance = new MoveAdvance(_run, _migration, _session, table, from);
            ready.Add(new SwitchedTable(table, from, to, advance, new MovedRows(_run, _session, table, from, advance, _failure)));
        }

        await (_migration.Phase == MigrationPhase.Backfill
            ? new MoveCopy(_run, _migration, _session, _tables[0], ready[0].From, ready[0].Rows, _failure).ApplyAsync(before, after, cancellationToken)
            : new MoveSwitch(_run, _session, ready, _failure).ApplyAsync(before, after, cancellationToken)).ConfigureAwait(false);
    });

    /// <summary>Takes it back.</summary>
    /// <param name="after">The progress once that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="MigrationFailedException">There is no way back any more.</exception>
    public Task UndoAsync(StepProgress after, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (_migration.Phase == MigrationPhase.Switch)
        {
            await new MoveSwitchBack(_session, _tables, _failure).RunAsync(ShapesAsync, cancellationToken).ConfigureAwait(false);
        }
        else if (_migration.Phase == MigrationPhase.Backfill)
        {
            await new MoveBack(_migration, _session, _tables[0]).EmptyAsync(cancellationToken).ConfigureAwait(false);
        }

        await _session.InAsync(_run.Databases.Of(_migration.Id.Database), after, static (_, _) => Task.CompletedTask, "move taken back", cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Makes sure that nothing was written yet that would be lost by the way back.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="MigrationFailedException">Something was.</exception>
    public Task RequireWayBackAsync(CancellationToken cancellationToken)
        => GuardAsync(() => new MoveSwitchBack(_session, _tables, _failure).RequireOpenAsync((table, token) => ShapeAsync(table.Source, table.Move.From, token), cancellationToken));

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

    private async Task<(TableShape From, TableShape To)> ShapesAsync(MovedTable table, CancellationToken cancellationToken)
    {
        var from = await ShapeAsync(table.Source, table.Move.From, cancellationToken).ConfigureAwait(false);
        var to = await ShapeAsync(table.Target, table.Move.To, cancellationToken).ConfigureAwait(false);
        var (missing, more) = (from.Columns.Except(to.Columns, StringComparer.Ordinal).ToList(), to.Columns.Except(from.Columns, StringComparer.Ordinal).ToList());
        return missing.Count + more.Count == 0 && from.KeyNames.SequenceEqual(to.KeyNames, StringComparer.Ordinal)
            ? (from, to)
            : throw _failure.Of(
                $"the tables of {table.Move} differ: {(missing.Count > 0 ? $"{table.Target.Kind} lacks the columns {string.Join(", ", missing)}" : more.Count > 0 ? $"{table.Source.Kind} lacks the columns {string.Join(", ", more)}" : "they have other primary keys")}. Bring the one to the form of the other in migrations of their own, and run again.");
    }

    private async Task<TableShape> ShapeAsync(PostgresDatabase database, TableName name, CancellationToken cancellationToken)
    {
        var shape = await MoveSession.AskAsync(database, (connection, token) => TableShape.ReadAsync(connection, name, token), cancellationToken).ConfigureAwait(false);
        return shape is null ? throw _failure.Of($"{database.Kind} has no table {name}. The phase expand creates the new one; the old one goes last.")
            : shape.Key.Count == 0 ? throw _failure.Of($"{name} in {database.Kind} has no primary key, by which rows are told apart. Add one.")
            : shape;
    }
}
