namespace DualDb.Migrations.Files;

/// <summary>Migrations of a folder with the folders <c>neon</c> and <c>supabase</c>.</summary>
internal static class FolderSource
{
    private static readonly EnumerationOptions AnyCase = new() { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Reads all files, in the order of their paths.</summary>
    /// <exception cref="MigrationFileException">There is no such folder, or a file cannot be read.</exception>
    public static IEnumerable<Migration> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw MigrationFileException.Of(folder, null, $"there is no such folder (looked for {Path.GetFullPath(folder)}); create it with the folders neon and supabase, or copy it to the output of the build");
        }

        return Files(folder).Where(static file => !FileNames.IsSeed(file.Relative)).Select(static file => Read(file.Path, file.Relative));
    }

    /// <summary>The ids of the files that have a place in the order by time. They are not read.</summary>
    /// <exception cref="MigrationFileException">A name is none of a migration.</exception>
    public static IEnumerable<MigrationId> Ids(string folder)
        => Files(folder).Where(static file => !FileNames.IsSeed(file.Relative)).Select(static file => FileNames.IdOf(file.Relative)).Where(static id => !id.IsRepeatable);

    /// <summary>The files of rows, in the order in which they are run.</summary>
    public static IEnumerable<Seed> Seeds(string folder)
        => Files(folder).Where(static file => FileNames.IsSeed(file.Relative))
            .Select(static file => new Seed(FileNames.SeedOf(file.Relative), file.Relative, () => File.OpenRead(file.Path)))
            .OrderBy(static seed => seed.Id);

    private static IEnumerable<(string Path, string Relative)> Files(string folder)
        => Directory.EnumerateFiles(folder, "*.sql", AnyCase).Order(StringComparer.Ordinal).Select(path => (path, Named(Path.GetRelativePath(folder, path).Replace('\\', '/'))));

    // It would be found on the machine where it was written, and passed over where it is applied.
    private static string Named(string relative)
        => relative.EndsWith(".sql", StringComparison.Ordinal)
            ? relative
            : throw MigrationFileException.Of(relative, null, "its name ends with '.sql' in other letters, which some systems tell apart and some do not; rename it");

    private static SqlMigration Read(string path, string relative) => MigrationReader.Read(FileNames.IdOf(relative), relative, Text(path, relative));

    private static string Text(string path, string relative)
    {
        using var stream = File.OpenRead(path);
        return StrictText.Read(stream, relative);
    }
}
