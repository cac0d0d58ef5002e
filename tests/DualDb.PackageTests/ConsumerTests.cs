using DualDb.Testing;

namespace DualDb.PackageTests;

/// <summary>What project references hide: a stranger's project that knows nothing but the package.</summary>
public sealed class ConsumerTests(PackedConsumer consumer) : IClassFixture<PackedConsumer>
{
    private const string ExpectedLine = "order True Paid 19.90 version 1, 1 of Ada\nevent Paid of 1 price, 0 failures";

    [Fact]
    public async Task Fresh_project_builds_without_a_warning_and_runs_against_real_servers()
    {
        var build = await DotNet.RunAsync(consumer.Folder, ["build", "-c", "Release", "-o", "out", consumer.VersionArgument]);
        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);

        Assert.Contains(ExpectedLine, await RunProgramAsync("out"), StringComparison.Ordinal);
        Assert.Empty(FilesOfTheCompiler("out"));
    }

    [Fact]
    public async Task Trimmed_publication_has_no_warning_and_runs()
    {
        var publish = await DotNet.RunAsync(
            consumer.Folder,
            ["publish", "-c", "Release", "-o", "trimmed", "--self-contained", "--use-current-runtime", "-p:PublishTrimmed=true", "-p:TrimMode=full", consumer.VersionArgument]);
        Assert.DoesNotContain("warning", publish, StringComparison.OrdinalIgnoreCase);

        Assert.Contains(ExpectedLine, await RunProgramAsync("trimmed"), StringComparison.Ordinal);
        Assert.Empty(FilesOfTheCompiler("trimmed"));
    }

    [Fact]
    public async Task File_of_migrations_that_cannot_be_read_is_an_error_of_the_build_with_its_line()
    {
        var file = Path.Combine(consumer.Folder, "migrations", "neon", "20260101T1200_orders.sql");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "-- phase: expand\n-- reqires: none\nselect 1;\n", TestContext.Current.CancellationToken);

        var build = await Record.ExceptionAsync(() => DotNet.RunAsync(consumer.Folder, ["build", "-c", "Release", "-o", "broken", consumer.VersionArgument]));

        File.Delete(file);
        Assert.Contains("20260101T1200_orders.sql(2,1): error DDB501: 'neon/20260101T1200_orders.sql' cannot be run: the header has no key 'reqires'", build?.Message, StringComparison.Ordinal);
    }

    private async Task<string> RunProgramAsync(string output)
    {
        await using var servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);
        return await DotNet.StartAsync(
            Path.Combine(consumer.Folder, output, "Consumer"),
            consumer.Folder,
            [],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NEON_DATABASE_URL"] = servers.Neon.ConnectionString,
                ["SUPABASE_DB_URL"] = servers.Supabase.ConnectionString,
            });
    }

    private IEnumerable<string> FilesOfTheCompiler(string output)
        => Directory.EnumerateFiles(Path.Combine(consumer.Folder, output), "*", SearchOption.AllDirectories)
            .Select(static file => Path.GetFileName(file))
            .Where(static name => name.Contains("CodeAnalysis", StringComparison.Ordinal)
                || name.Contains("DualDb.Generators", StringComparison.Ordinal)
                || name.Contains("DualDb.Analyzers", StringComparison.Ordinal));
}
