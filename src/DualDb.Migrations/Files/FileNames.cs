namespace DualDb.Migrations.Files;

/// <summary>What the path of a file says.</summary>
internal static class FileNames
{
    /// <summary>The migration that a path within the folder of migrations stands for; folders between the database's and the file are only for tidiness.</summary>
    /// <exception cref="MigrationFileException">It stands for none.</exception>
    public static MigrationId IdOf(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 2 || !MigrationId.TryParseDatabase(parts[0], out var database))
        {
            throw MigrationFileException.Of(path, null, "it lies in neither of the folders neon and supabase, which say the database; move it into one of them");
        }

        var name = Path.GetFileNameWithoutExtension(parts[parts.Length - 1]);
        return MigrationNames.IsName(name)
            ? new MigrationId(database, name)
            : throw MigrationFileException.Of(path, null, $"'{name}' is no name of a migration; write it as {MigrationNames.Form}");
    }
}
