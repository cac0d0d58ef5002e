using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Model.Reading;

namespace DualDb.Migrations.Model.Writing;

/// <summary>The folder that migrations are written into.</summary>
internal sealed class ScaffoldFolder
{
    public const string SnapshotName = "model.snapshot.json";

    private readonly string _folder;

    private ScaffoldFolder(string folder, IReadOnlyList<MigrationId> ids, SchemaModel? snapshot)
    {
        _folder = folder;
        Ids = ids;
        Snapshot = snapshot;
    }

    /// <summary>The migrations that are there.</summary>
    public IReadOnlyList<MigrationId> Ids { get; }

    /// <summary>The model as of the last migration; null where there is none.</summary>
    public SchemaModel? Snapshot { get; }

    /// <summary>Reads what is there.</summary>
    /// <exception cref="ScaffoldException">The snapshot names migrations that are not there.</exception>
    public static ScaffoldFolder Open(string folder)
    {
        IReadOnlyList<MigrationId> ids = Directory.Exists(folder) ? [.. FolderSource.Ids(folder).Order()] : [];
        var path = Path.Combine(folder, SnapshotName);
        if (!File.Exists(path))
        {
            return new ScaffoldFolder(folder, ids, snapshot: null);
        }

        var (model, last) = ModelReader.Read(File.ReadAllText(path), path);
        foreach (var name in last)
        {
            if (!MigrationId.TryParse(name, out var id) || !ids.Contains(id))
            {
                throw new ScaffoldException($"{path} was written with {name}, which is not there. Bring the file back; or, where it was removed on purpose, bring back the snapshot of the commit before it.");
            }
        }

        return new ScaffoldFolder(folder, ids, model);
    }

    /// <summary>What the model is compared with.</summary>
    /// <exception cref="ScaffoldException">There is none, and there are migrations.</exception>
    public SchemaModel RequireSnapshot(bool startsFromNothing) => Snapshot
        ?? (Ids.Count == 0 || startsFromNothing
            ? SchemaModel.Empty
            : throw new ScaffoldException(
                $"{_folder} holds migrations and no {SnapshotName}: what they have created is not known. Compare with the databases (ScaffoldOptions.CompareWith), or say that they have created nothing of the model (ScaffoldOptions.StartsFromNothing)."));

    public string PathOf(MigrationId id) => Path.Combine(_folder, MigrationId.FolderOf(id.Database), id.Name + ".sql");

    /// <summary>What the lint says of a file.</summary>
    public static IReadOnlyList<MigrationFinding> Lint(ScaffoldedFile file) => [.. new StatementLint(MigrationReader.Read(file.Id, file.Path, file.Text)).Run()];

    /// <summary>Writes all files, or none: each beside its place first, and the snapshot last.</summary>
    public async Task WriteAsync(IReadOnlyList<ScaffoldedFile> files, SchemaModel model, CancellationToken cancellationToken)
    {
        var last = files.GroupBy(static file => file.Id.Database).Select(static group => group.Max(static file => file.Id).ToString());
        var snapshot = Path.Combine(_folder, SnapshotName);
        var texts = files.Select(static file => (file.Path, file.Text)).Append((Path: snapshot, Text: ModelWriter.Write(model, [.. last]) + "\n")).ToList();
        var placed = new List<string>();
        try
        {
            foreach (var (path, text) in texts)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(Beside(path), text, cancellationToken).ConfigureAwait(false);
            }

            foreach (var (path, _) in texts)
            {
                File.Move(Beside(path), path, overwrite: string.Equals(path, snapshot, StringComparison.Ordinal));
                placed.Add(path);
            }
        }
        catch (Exception fault)
        {
            foreach (var path in texts.Select(static text => Beside(text.Path)).Concat(placed).Where(File.Exists))
            {
                File.Delete(path);
            }

            if (fault is IOException or UnauthorizedAccessException)
            {
                throw new ScaffoldException($"The migration could not be written into {_folder}: {fault.Message} Nothing was left there.", fault);
            }

            throw;
        }
    }

    private static string Beside(string path) => path + ".tmp";
}
