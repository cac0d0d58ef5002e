using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;

namespace DualDb.Migrations;

// What a person says of the history.
public sealed partial class MigrationRunner
{
    /// <summary>Says whether a statement was done of which a <see cref="MigrationInDoubtException"/> has asked. Look into the database first.</summary>
    /// <param name="id">The migration.</param>
    /// <param name="wasDone">Whether the statement was done: the next run goes on behind it; otherwise it runs it again.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">Nothing of the migration is in doubt.</exception>
    public async Task ResolveAsync(MigrationId id, bool wasDone, CancellationToken cancellationToken = default)
    {
        var history = await HistoryReader.ReadAsync(_root.Neon, _root.Supabase, _options.Home, cancellationToken).ConfigureAwait(false);
        var migration = _migrations.Ordered.FirstOrDefault(one => one.Id == id);
        var resolved = migration is not null
            && history.Rows.TryGetValue(id, out var row)
            && await Operations.ResolveAsync(DatabaseOf(id), migration, row, wasDone, _options, cancellationToken).ConfigureAwait(false);
        if (!resolved)
        {
            throw new NothingToCorrectException($"Nothing of {id} is in doubt. Run the migrations: they say what is.");
        }
    }

    /// <summary>
    /// Puts the history right where it disagrees with the migrations at hand on purpose: the present text of a changed migration is taken for the one that was applied, of one that broke off the present text of the
    /// statements that are done, and a missing one is forgotten. No statement of a migration is run.
    /// </summary>
    /// <param name="id">The migration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The history does not hold it as applied.</exception>
    public async Task RepairAsync(MigrationId id, CancellationToken cancellationToken = default)
    {
        var migration = _migrations.Ordered.FirstOrDefault(one => one.Id == id);
        var repaired = migration is null
            ? await Operations.ForgetAsync(DatabaseOf(id), id, _options, cancellationToken).ConfigureAwait(false)
            : await AcceptAsync(migration, cancellationToken).ConfigureAwait(false);
        if (!repaired)
        {
            throw new NothingToCorrectException($"The history of {id.Database} does not hold {id} as applied: there is nothing to repair.");
        }
    }

    private async Task<bool> AcceptAsync(Migration migration, CancellationToken cancellationToken)
    {
        if (await Operations.AcceptAsync(DatabaseOf(migration.Id), migration, _options, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var history = await HistoryReader.ReadAsync(_root.Neon, _root.Supabase, _options.Home, cancellationToken).ConfigureAwait(false);
        return history.Rows.TryGetValue(migration.Id, out var row) && await Operations.AcceptBeginningAsync(DatabaseOf(migration.Id), migration, row, _options, cancellationToken).ConfigureAwait(false);
    }
}
