using System.Reflection;

namespace DualDb.Migrations.Files;

/// <summary>Migrations among the resources of an assembly.</summary>
internal static class AssemblySource
{
    /// <summary>Reads all resources under a prefix, in the order of their names.</summary>
    /// <exception cref="MigrationFileException">There are none, or one cannot be read.</exception>
    public static IReadOnlyList<Migration> Read(Assembly assembly, string prefix)
    {
        var start = prefix.TrimEnd('/') + "/";
        var found = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[start.Length..]))
            .ToList();
        return found.Count > 0
            ? found
            : throw MigrationFileException.Of(
                assembly.GetName().Name ?? "assembly",
                null,
                $"no resource begins with '{start}' and ends with .sql; add to the project: <EmbeddedResource Include=\"{start}**/*.sql\" LogicalName=\"{start}%(RecursiveDir)%(Filename)%(Extension)\" />");
    }

    private static SqlMigration Read(Assembly assembly, string resource, string relative)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var path = relative.Replace('\\', '/');
        return MigrationReader.Read(FileNames.IdOf(path), path, reader.ReadToEnd());
    }
}
