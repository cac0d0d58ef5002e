namespace DualDb.Migrations;

/// <summary>
/// A migration of code, for what SQL alone cannot say: filling a column from the other database, for instance. It runs in batches, each a transaction that also keeps the
/// cursor: where a run breaks off, the next one goes on behind the last batch, and no batch is done twice.
/// </summary>
public interface IDataMigration
{
    /// <summary>Which migration it is, as <c>neon/20260102T0900_fill_totals</c>. The database is the one that the batches write to.</summary>
    string Id { get; }

    /// <summary>The migrations that must have been applied before, by their ids. Null, unless implemented, takes all before it in its database.</summary>
    IReadOnlyList<string>? Requires => null;

    /// <summary>The phase; <see cref="MigrationPhase.Backfill"/> unless implemented.</summary>
    MigrationPhase Phase => MigrationPhase.Backfill;

    /// <summary>Whether nothing need be undone of it where what came before it is undone; false unless implemented.</summary>
    bool CanBeLeft => false;

    /// <summary>Does the next part of the work, small enough for one transaction.</summary>
    /// <param name="batch">The transaction, and the cursor that the batch before has left.</param>
    /// <param name="cancellationToken">Cancels the batch; it is rolled back then.</param>
    /// <returns>The cursor for the next batch, anything that says where it begins; null where all is done.</returns>
    Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken);
}
