using System.Text;

namespace DualDb.Migrations.Files;

/// <summary>Migrations of a folder with the folders <c>neon</c> and <c>supabase</c>.</summary>
internal static class FolderSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads all files, in the order of their paths.</summary>
    /// <exception cref="MigrationFileException">There is no such folder, or a file cannot be read.</exception>
    public static IEnumerable<Migration> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw MigrationFileException.Of(folder, null, $"there is no such folder (looked for {Path.GetFullPath(folder)}); create it with the folders neon and supabase, or copy it to the output of the build");
        }

        return Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => Read(path, Path.GetRelativePath(folder, path).Replace('\\', '/')));
    }

    /// <summary>The ids of all files, which are not read.</summary>
    /// <exception cref="MigrationFileException">A name is none of a migration.</exception>
    public static IEnumerable<MigrationId> Ids(string folder)
        => Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories).Select(path => FileNames.IdOf(Path.GetRelativePath(folder, path).Replace('\\', '/')));

    private static SqlMigration Read(string path, string relative) => MigrationReader.Read(FileNames.IdOf(relative), relative, Text(path, relative));

    private static string Text(string path, string relative)
    {
        try
        {
            return File.ReadAllText(path, Strict);
        }
        catch (DecoderFallbackException fault)
        {
            throw MigrationFileException.Of(relative, null, "it is not UTF-8; save it as UTF-8", fault);
        }
    }
}
