using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Which scripts of functions, views and policies have to be run again.</summary>
internal sealed class Repeatables
{
    private readonly HashSet<MigrationId> _pending = [];

    public Repeatables(DualDbMigrations migrations, RecordedHistory history)
    {
        var known = migrations.Ordered.Select(static migration => migration.Id).ToHashSet();

        // A newer version of the application has been here: its scripts are not taken back.
        var isOlder = history.Rows.Values.Any(row => !row.IsReverted && !row.Id.IsRepeatable && !known.Contains(row.Id));
        foreach (var script in migrations.Ordered.Where(static migration => migration.Id.IsRepeatable))
        {
            var row = history.Rows.GetValueOrDefault(script.Id);
            if (row is null || (!isOlder && IsToBeRepeated(script, row, history)))
            {
                _pending.Add(script.Id);
            }
        }
    }

    /// <summary>Whether a script has to be run.</summary>
    public bool IsPending(MigrationId id) => _pending.Contains(id);

    /// <inheritdoc cref="IsPending(MigrationId)"/>
    public bool IsPending(Migration script) => IsPending(script.Id);

    /// <summary>Whether what a row tells is of an earlier run of a script, and not of the one that is to come or goes on.</summary>
    public static bool BeginsAnew(Migration migration, HistoryRow row) => migration.Id.IsRepeatable && !row.IsReverting && (row.IsApplied || !HistoryCheck.IsSame(migration, row));

    private bool IsToBeRepeated(Migration script, HistoryRow row, RecordedHistory history)
        => !row.IsApplied
            || !HistoryCheck.IsSame(script, row)
            || script.Requires.Any(_pending.Contains)
            || (history.Unfinished is { } broken && broken.RunId != row.RunId && broken.Plan.Contains(script.Id.ToString(), StringComparer.Ordinal))
            || history.Rows.Values.Any(other => IsUndoneBehind(other, row));

    // What was undone may have taken with it what the script had made.
    private static bool IsUndoneBehind(HistoryRow other, HistoryRow script)
        => other.Id.Database == script.Id.Database && other is { IsReverted: true, Id.IsRepeatable: false } && other.FinishedAt > script.FinishedAt;
}
