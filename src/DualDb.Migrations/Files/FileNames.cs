namespace DualDb.Migrations.Files;

/// <summary>What the path of a file says.</summary>
internal static class FileNames
{
    /// <summary>The folder of a database whose files hold rows, and are run when that is asked for.</summary>
    private const string Seeds = "seeds";

    /// <summary>Whether a path within the folder of migrations is one of rows: <c>neon/seeds/countries.sql</c>.</summary>
    public static bool IsSeed(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 2 && string.Equals(parts[1], Seeds, StringComparison.Ordinal);
    }

    /// <summary>What a path of rows is called: its path without <c>.sql</c>.</summary>
    /// <exception cref="MigrationFileException">It lies in the folder of no database.</exception>
    public static MigrationId SeedOf(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var name = path.Substring(slash + 1);
        return MigrationId.TryParseDatabase(path.Substring(0, slash), out var database)
            ? new MigrationId(database, name.Substring(0, name.Length - ".sql".Length))
            : throw NoDatabase(path);
    }

    private static MigrationFileException NoDatabase(string path)
        => MigrationFileException.Of(path, null, "it lies in neither of the folders neon and supabase, which say the database; move it into one of them");

    /// <summary>The migration that a path within the folder of migrations stands for; folders between the database's and the file are only for tidiness.</summary>
    /// <exception cref="MigrationFileException">It stands for none.</exception>
    public static MigrationId IdOf(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 2 || !MigrationId.TryParseDatabase(parts[0], out var database))
        {
            throw NoDatabase(path);
        }

        var name = Path.GetFileNameWithoutExtension(parts[parts.Length - 1]);
        return MigrationNames.IsName(name)
            ? new MigrationId(database, name)
            : throw MigrationFileException.Of(path, null, $"'{name}' is no name of a migration; write it as {MigrationNames.Form}");
    }
}
