using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Makes sure that what was applied is what is at hand.</summary>
internal static class HistoryCheck
{
    /// <exception cref="MigrationHistoryException">It is not.</exception>
    public static void Run(DualDbMigrations migrations, RecordedHistory history, MigrationOptions options)
    {
        var known = migrations.Ordered.ToDictionary(static migration => migration.Id);
        foreach (var row in history.Rows.Values.Where(static row => !row.IsReverted).OrderBy(static row => row.Id))
        {
            if (row.Id.IsRepeatable)
            {
                // It may change, and whoever needs it no more deletes its file.
                continue;
            }

            if (known.TryGetValue(row.Id, out var migration))
            {
                RefuseChange(migration, row);
            }
            else if (!options.AllowMissing)
            {
                throw new MigrationHistoryException(
                    $"{row.Id} was applied to {row.Id.Database}, and no file of that name is at hand. Bring it back; or set MigrationOptions.AllowMissing where an older version of the application starts on purpose; or take it out of the history with RepairAsync.")
                {
                    Database = row.Id.Database, Id = row.Id, Disagreement = MigrationDisagreement.Missing,
                };
            }
        }

        foreach (var migration in migrations.Ordered)
        {
            RefuseConflict(migration, known, history);
        }
    }

    /// <summary>Whether what is done of a migration is what is at hand, and no more: what comes behind the statement that failed may be put right.</summary>
    public static bool IsSame(Migration migration, HistoryRow row)
        => string.Equals(migration.ChecksumOf(row.Done), row.Checksum, StringComparison.Ordinal) && (!row.IsApplied || row.Done >= migration.StatementCount);

    private static void RefuseChange(Migration migration, HistoryRow row)
    {
        if (IsSame(migration, row))
        {
            return;
        }

        var what = row.IsApplied ? $"{row.Id} was changed after it was applied" : $"{row.Id} was changed in its first statements, which have been applied already";
        throw new MigrationHistoryException(
            $"{migration.Source}: {what} to {row.Id.Database}: its checksum was {row.Checksum} and is {migration.ChecksumOf(row.Done) ?? migration.Checksum}. Bring the old text back and write a new migration for the change; where both do the same, say so with RepairAsync.")
        {
            Database = row.Id.Database, Id = row.Id, Disagreement = MigrationDisagreement.Changed,
        };
    }

    private static void RefuseConflict(Migration migration, Dictionary<MigrationId, Migration> known, RecordedHistory history)
    {
        foreach (var other in migration.Conflicts)
        {
            var applied = history.Rows.TryGetValue(other, out var row) && !row.IsReverted;
            if (applied || known.ContainsKey(other))
            {
                throw new MigrationHistoryException(
                    $"{migration.Source}: {migration.Id} conflicts with {other}, which {(applied ? "was applied" : "is at hand as well")}. Remove one of the two.")
                {
                    Database = migration.Id.Database, Id = migration.Id, Disagreement = MigrationDisagreement.Conflict,
                };
            }
        }
    }
}
