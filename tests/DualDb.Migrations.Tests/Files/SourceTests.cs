namespace DualDb.Migrations.Tests.Files;

public sealed class SourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dualdb-sources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Embedded_migrations_are_found()
        => Assert.Equal(
            ["supabase/20260101T1100_create_profiles", "neon/20260101T1200_create_orders"],
            DualDbMigrations.FromAssembly(typeof(SourceTests).Assembly).Ids.Select(id => id.ToString()));

    [Fact]
    public void Assembly_without_migrations_says_what_its_project_lacks()
        => Assert.Contains("EmbeddedResource", Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromAssembly(typeof(SourceTests).Assembly, "other")).Message, StringComparison.Ordinal);

    [Fact]
    public void Embedded_file_that_is_not_utf8_is_refused()
        => Assert.Contains("UTF-8", Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromAssembly(typeof(SourceTests).Assembly, "latin")).Message, StringComparison.Ordinal);

    [Fact]
    public void Folder_that_is_not_there_is_named()
        => Assert.Contains("no-such-folder", Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromFolder("no-such-folder")).Message, StringComparison.Ordinal);

    [Fact]
    public void Same_name_in_both_databases_is_two_migrations()
    {
        Write("neon/20260101T1000_create.sql");
        Write("supabase/20260101T1000_create.sql");

        Assert.Equal(["neon/20260101T1000_create", "supabase/20260101T1000_create"], DualDbMigrations.FromFolder(_folder).Ids.Select(id => id.ToString()));
    }

    [Theory]
    [InlineData("20260101T1000_create.sql", "neither of the folders")]
    [InlineData("other/20260101T1000_create.sql", "neither of the folders")]
    [InlineData("neon/20260101T1000_create.SQL", "in other letters")]
    [InlineData("neon/create.sql", "'create' is no name")]
    [InlineData("neon/20260101T1000_Create.sql", "'20260101T1000_Create' is no name")]
    public void Files_that_name_no_migration_are_refused(string path, string told)
    {
        Write(path);

        var refused = Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromFolder(_folder));

        Assert.Equal(path, refused.File);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_migration_twice_is_refused()
    {
        Write("neon/20260101T1000_create.sql");
        Write("neon/2026/20260101T1000_create.sql");

        var refused = Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromFolder(_folder).Ids);

        Assert.Contains("neon/2026/20260101T1000_create.sql as well", refused.Message, StringComparison.Ordinal);
        Assert.Contains("neon/20260101T1000_create.sql: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_utf8_is_refused()
    {
        Write("neon/20260101T1000_create.sql");
        File.WriteAllBytes(Path.Combine(_folder, "neon/20260101T1000_create.sql"), [.. "select '"u8, 0xE9, .. "'"u8]);

        Assert.Contains("UTF-8", Assert.Throws<MigrationFileException>(() => DualDbMigrations.FromFolder(_folder)).Message, StringComparison.Ordinal);
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), "select 1;");
    }
}
