using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Makes sure that nothing is applied behind what was written after it, as happens where two branches are merged.</summary>
internal static class OrderCheck
{
    /// <exception cref="MigrationHistoryException">Something would be.</exception>
    public static void Run(IReadOnlyList<Migration> pending, RecordedHistory history, MigrationOptions options)
    {
        if (options.AllowOutOfOrder)
        {
            return;
        }

        // Phases are run apart: a contraction is later than the expansions that were written after it.
        var last = history.Rows.Values.Where(static row => row.IsApplied && !row.Id.IsRepeatable)
            .GroupBy(static row => (row.Id.Database, row.Phase))
            .ToDictionary(static group => group.Key, static group => group.Max(static row => row.Id));
        var begun = (history.Unfinished?.Plan ?? []).ToHashSet(StringComparer.Ordinal);
        foreach (var migration in pending)
        {
            var isOpen = history.Rows.TryGetValue(migration.Id, out _) || begun.Contains(migration.Id.ToString());
            if (!isOpen && last.TryGetValue((migration.Id.Database, migration.Phase), out var later) && later > migration.Id)
            {
                throw new MigrationHistoryException(
                    $"{migration.Id} was not applied to {migration.Id.Database}, and {later}, which comes after it, was. Give it a later time, or set MigrationOptions.AllowOutOfOrder where the order of the two makes no difference.")
                {
                    Database = migration.Id.Database, Id = migration.Id, Disagreement = MigrationDisagreement.OutOfOrder,
                };
            }
        }
    }
}
