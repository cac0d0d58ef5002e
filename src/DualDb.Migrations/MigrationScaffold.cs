using DualDb.Migrations.Drift;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Changes;
using DualDb.Migrations.Model.Writing;

namespace DualDb.Migrations;

/// <summary>
/// Writes migrations from a model: what has changed since the last one becomes SQL files of both databases, divided into phases. Beside them lies <c>model.snapshot.json</c>, the model as of the last migration; it belongs
/// into version control with them.
/// </summary>
public static class MigrationScaffold
{
    /// <summary>Compares the model with the snapshot, or with the databases, and writes the files that lead there.</summary>
    /// <param name="name">What the migration does, in lower-case letters, digits and underscores: <c>add_totals</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder of the migrations; it is created where there is none.</param>
    /// <param name="options">The options; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; the folder is then as it was.</param>
    /// <returns>What was written; nothing where the model is as it was.</returns>
    /// <exception cref="ScaffoldException">The name is none, a rename names nothing, a table goes to the other database and cannot in one step, or the snapshot does not go with the files.</exception>
    /// <exception cref="SchemaModelException">The snapshot cannot be read.</exception>
    /// <exception cref="MigrationFileException">The files that are there cannot be read.</exception>
    /// <exception cref="DualDbException">A database could not be asked.</exception>
    public static async Task<ScaffoldResult> AddAsync(string name, SchemaModel model, string folder, ScaffoldOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new ScaffoldOptions();
        ScaffoldName.Require(name);
        var target = AskedRenames.Apply(model, options.Renames);
        RefuseCircles(target);
        var place = ScaffoldFolder.Open(folder);
        var from = options.CompareWith is { } root
            ? await LiveSchema.ReadAsync(root, target, place.Snapshot, cancellationToken).ConfigureAwait(false)
            : place.RequireSnapshot(options.StartsFromNothing);
        RefuseTaken(from, target);
        var changes = SchemaComparison.Compare(from, target);
        if (changes.Count == 0)
        {
            return new ScaffoldResult([], [], [], []);
        }

        changes = MovedTables.Find(changes, from, target);
        var files = Naming.Name(name, place, options.Clock.GetUtcNow(), [.. Databases.Select(database => ChangeWriter.Write(database, changes, target))], target.Maps.Concat(from.Maps).Where(map => IsTouched(map, changes)));
        var findings = files.SelectMany(ScaffoldFolder.Lint).ToList();
        await place.WriteAsync(files, KeyNames.Keep(target, from, changes), cancellationToken).ConfigureAwait(false);
        return new ScaffoldResult([.. changes.Select(static change => new ScaffoldedChange(change.Database, ChangeText.Of(change), change.IsDestructive))], files, ScaffoldHints.Of(changes), findings);
    }

    // In which order the two sides change is for those maps to say whose tables do.
    private static bool IsTouched(MapModel map, IReadOnlyList<SchemaChange> changes)
        => changes.OfType<TableChange>().Any(change => Joins(map, change.Table) || (change is TableRenamed renamed && Joins(map, renamed.From)));

    private static bool Joins(MapModel map, TableModel table) => map.Source.Is(table) || map.Target.Is(table);

    private static void RefuseCircles(SchemaModel model)
    {
        if (Renames.Circles(model).ToList() is { Count: > 0 } circles)
        {
            throw new ScaffoldException(
                $"These are marked as renamed from each other: {string.Join(", ", circles)}. Which holds what cannot be told. Rename one to a third name, add and apply that migration, then the others one after the other; or write the file by hand, and remove the marks.");
        }
    }

    private static void RefuseTaken(SchemaModel from, SchemaModel model)
    {
        if (Renames.Taken(from, model).ToList() is { Count: > 0 } taken)
        {
            throw new ScaffoldException(
                $"These are to be renamed to what is there already: {string.Join("; ", taken)}. Drop or rename that first, in a migration of its own; or remove the mark, where it is not renamed.");
        }
    }

    private static Database[] Databases => [Database.Neon, Database.Supabase];
}
