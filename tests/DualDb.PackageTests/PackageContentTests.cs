using System.IO.Compression;

namespace DualDb.PackageTests;

public sealed class PackageContentTests(PackedConsumer consumer) : IClassFixture<PackedConsumer>
{
    [Fact]
    public async Task Sdk_package_carries_runtime_generator_and_analyzers_once_each()
    {
        var entries = await EntriesAsync("DualDb.Sdk");

        Assert.Equal(
            ["analyzers/dotnet/cs/DualDb.Analyzers.dll", "analyzers/dotnet/cs/DualDb.Generators.dll", "lib/net10.0/DualDb.Sdk.dll"],
            entries.Where(static entry => entry.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("buildTransitive/DualDb.Sdk.props", entries);
        Assert.Contains("buildTransitive/DualDb.Sdk.targets", entries);
        Assert.Contains("lib/net10.0/DualDb.Sdk.xml", entries);
    }

    [Fact]
    public async Task Sdk_package_does_not_ask_for_the_compiler()
    {
        var nuspec = await NuspecAsync("DualDb.Sdk");

        Assert.DoesNotContain("Microsoft.CodeAnalysis", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("Meziantou", nuspec, StringComparison.Ordinal);
        Assert.Contains("id=\"Npgsql\" version=\"10.0.0\"", nuspec, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_in_the_package_is_that_of_the_repository_without_its_pictures()
    {
        var readme = await TextAsync("DualDb.Sdk", "README.md");

        Assert.StartsWith("# DualDb.Sdk", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("![", readme, StringComparison.Ordinal);

        // What MSBuild would take for lists and escapes is as it was.
        Assert.Contains("services.AddShopDb();", readme, StringComparison.Ordinal);
        Assert.Contains("\n## Documentation\n\n", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Testing_package_carries_its_library_with_documentation()
    {
        var entries = await EntriesAsync("DualDb.Testing");

        Assert.Contains("lib/net10.0/DualDb.Testing.dll", entries);
        Assert.Contains("lib/net10.0/DualDb.Testing.xml", entries);
    }

    [Fact]
    public async Task Package_for_requests_carries_its_library_and_asks_for_the_framework()
    {
        var entries = await EntriesAsync("DualDb.AspNetCore");
        var nuspec = await NuspecAsync("DualDb.AspNetCore");

        Assert.Contains("lib/net10.0/DualDb.AspNetCore.dll", entries);
        Assert.Contains("lib/net10.0/DualDb.AspNetCore.xml", entries);
        Assert.Contains("id=\"DualDb.Sdk\"", nuspec, StringComparison.Ordinal);
        Assert.Contains("<frameworkReference name=\"Microsoft.AspNetCore.App\"", nuspec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_for_consistency_brings_the_generator_of_the_sdk_along()
    {
        var entries = await EntriesAsync("DualDb.Consistency");
        var nuspec = await NuspecAsync("DualDb.Consistency");

        Assert.Contains("lib/net10.0/DualDb.Consistency.dll", entries);
        Assert.Contains("lib/net10.0/DualDb.Consistency.xml", entries);
        var sdk = nuspec.Split('\n').Single(static line => line.Contains("id=\"DualDb.Sdk\"", StringComparison.Ordinal));
        Assert.DoesNotContain("Analyzers", sdk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_for_migrations_carries_its_library_and_asks_for_the_sdk()
    {
        var entries = await EntriesAsync("DualDb.Migrations");

        Assert.Contains("lib/net10.0/DualDb.Migrations.dll", entries);
        Assert.Contains("lib/net10.0/DualDb.Migrations.xml", entries);
        Assert.Contains("buildTransitive/DualDb.Migrations.targets", entries);
        Assert.Contains("id=\"DualDb.Sdk\"", await NuspecAsync("DualDb.Migrations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_for_open_telemetry_asks_for_it_and_for_none_of_ours()
    {
        var entries = await EntriesAsync("DualDb.OpenTelemetry");
        var nuspec = await NuspecAsync("DualDb.OpenTelemetry");

        Assert.Contains("lib/net10.0/DualDb.OpenTelemetry.dll", entries);
        Assert.Contains("lib/net10.0/DualDb.OpenTelemetry.xml", entries);
        Assert.Contains("id=\"OpenTelemetry\"", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"DualDb.Sdk\"", nuspec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_package_installs_a_command_of_its_name()
    {
        var entries = await EntriesAsync("DualDb.Tool");

        Assert.Contains("tools/net10.0/any/dualdb.dll", entries);
        Assert.Contains("tools/net10.0/any/DualDb.Commands.dll", entries);
        Assert.Contains("tools/net10.0/any/DotnetToolSettings.xml", entries);
    }

    [Fact]
    public async Task Package_for_commands_asks_for_what_they_work_on()
    {
        var nuspec = await NuspecAsync("DualDb.Commands");

        Assert.Contains("lib/net10.0/DualDb.Commands.dll", await EntriesAsync("DualDb.Commands"));
        Assert.Contains("id=\"DualDb.Consistency\"", nuspec, StringComparison.Ordinal);
        Assert.Contains("id=\"DualDb.Migrations\"", nuspec, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> EntriesAsync(string id)
    {
        await using var package = await ZipFile.OpenReadAsync(consumer.PackagePath(id), TestContext.Current.CancellationToken);
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }

    private Task<string> NuspecAsync(string id) => TextAsync(id, $"{id}.nuspec");

    private async Task<string> TextAsync(string id, string entry)
    {
        await using var package = await ZipFile.OpenReadAsync(consumer.PackagePath(id), TestContext.Current.CancellationToken);
        await using var stream = await package.GetEntry(entry)!.OpenAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
