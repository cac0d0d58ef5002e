using System.Reflection;

namespace DualDb.Migrations.Files;

/// <summary>Migrations among the resources of an assembly.</summary>
internal static class AssemblySource
{
    /// <summary>Reads all resources under a prefix, in the order of their names.</summary>
    /// <exception cref="MigrationFileException">There are none, or one cannot be read.</exception>
    public static IReadOnlyList<Migration> Read(Assembly assembly, string prefix)
    {
        var start = Start(prefix);
        var found = Names(assembly, start)
            .Where(name => !FileNames.IsSeed(Relative(name, start)))
            .Select(name => Read(assembly, name, Relative(name, start)))
            .ToList();
        return found.Count > 0
            ? found
            : throw MigrationFileException.Of(
                assembly.GetName().Name ?? "assembly",
                null,
                $"no resource begins with '{start}' and ends with .sql; add to the project: <EmbeddedResource Include=\"{start}**/*.sql\" LogicalName=\"{start}%(RecursiveDir)%(Filename)%(Extension)\" />");
    }

    /// <summary>The resources of rows, in the order in which they are run.</summary>
    public static IEnumerable<Seed> Seeds(Assembly assembly, string prefix)
    {
        var start = Start(prefix);
        return Names(assembly, start)
            .Select(name => (Name: name, Path: Relative(name, start)))
            .Where(static found => FileNames.IsSeed(found.Path))
            .Select(found => new Seed(FileNames.SeedOf(found.Path), found.Path, () => assembly.GetManifestResourceStream(found.Name)!))
            .OrderBy(static seed => seed.Id);
    }

    private static string Start(string prefix) => prefix.TrimEnd('/') + "/";

    private static IEnumerable<string> Names(Assembly assembly, string start)
        => assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Relative(string name, string start) => name[start.Length..].Replace('\\', '/');

    private static SqlMigration Read(Assembly assembly, string resource, string path)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        return MigrationReader.Read(FileNames.IdOf(path), path, StrictText.Read(stream, path));
    }
}
