using DualDb.Migrations.Drift.Catalogue;
using DualDb.Migrations.Model;

namespace DualDb.Migrations.Drift;

/// <summary>What is there and does not do its work: indexes that are not valid, triggers that are off, rights and policies that lack.</summary>
internal static class StateDifferences
{
    private const string Capture = "dualdb_change_log";

    public static IEnumerable<DriftDifference> Of(DatabaseLook look, SchemaModel model, DriftOptions options, Database database)
    {
        foreach (var table in look.Catalogue.Tables)
        {
            foreach (var (severity, kind, part, message) in OfTable(look, table, model, options))
            {
                yield return new DriftDifference(severity, database, kind, table.Model.FullName + part, message);
            }
        }

        foreach (var other in look.Catalogue.Others)
        {
            if (options.TellExtraTables && !options.Ignored.Contains(other))
            {
                yield return new DriftDifference(DriftSeverity.Remark, database, DriftKind.Extra, other, "the model does not know the table");
            }
        }
    }

    private static IEnumerable<(DriftSeverity Severity, DriftKind Kind, string Part, string Message)> OfTable(DatabaseLook look, CatalogueTable table, SchemaModel model, DriftOptions options)
    {
        foreach (var index in table.InvalidIndexes)
        {
            yield return (DriftSeverity.Warning, DriftKind.Invalid, ": " + index, "the index is not valid, since its concurrent build broke off: drop it and build it anew (reindex index concurrently)");
        }

        foreach (var constraint in table.UnvalidatedConstraints)
        {
            yield return (DriftSeverity.Warning, DriftKind.Invalid, ": " + constraint, "the constraint was not validated, and rows of before may break it: alter table … validate constraint");
        }

        foreach (var (key, definition) in table.Actions)
        {
            yield return (DriftSeverity.Warning, DriftKind.Definition, ": " + key, $"the foreign key does more than the model says: {definition}");
        }

        foreach (var (trigger, fires) in table.Triggers)
        {
            if (!fires)
            {
                yield return (DriftSeverity.Warning, DriftKind.DisabledTrigger, ": " + trigger, "the trigger is off: alter table … enable trigger");
            }
        }

        if (look.Catalogue.IsLogInstalled && model.IsCaptured(table.Model) && !table.Triggers.ContainsKey(Capture))
        {
            yield return (DriftSeverity.Warning, DriftKind.Missing, ": " + Capture, "changes are not captured for the synchronisation: install it (db.Sync.InstallAsync), which creates the trigger");
        }

        if (table.MissingRights.Count > 0)
        {
            yield return (DriftSeverity.Error, DriftKind.Grant, "", $"the role \"{look.Catalogue.Role}\" lacks {string.Join(", ", table.MissingRights)}: grant it");
        }

        if (table.Model.Database == Database.Supabase && options.RequireRowSecurity && !table.HasRowSecurity)
        {
            yield return (DriftSeverity.Warning, DriftKind.RowSecurity, "", "row-level security is off: alter table … enable row level security, and say by policies who may see which rows");
        }
        else if (table is { HasRowSecurity: true, Policies: 0 })
        {
            yield return (DriftSeverity.Remark, DriftKind.RowSecurity, "", "row-level security is on, and no policy says who may see which rows: only the owner, and roles that bypass it, do");
        }
    }
}
