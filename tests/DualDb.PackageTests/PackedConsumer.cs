using System.Reflection;

namespace DualDb.PackageTests;

/// <summary>Packs the packages under a version of their own and sets up a fresh project that restores them.</summary>
public sealed class PackedConsumer : IAsyncLifetime
{
    // A version nobody has seen: NuGet never looks twice at a version that is in its cache.
    private readonly string _version = $"0.0.0-test.{Guid.NewGuid():N}";

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"dualdb-consumer-{Guid.NewGuid():N}");

    public string Packages => Path.Combine(Folder, "packages");

    public string VersionArgument => $"-p:DualDbVersion={_version}";

    public string PackagePath(string id) => Path.Combine(Packages, $"{id}.{_version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Packages);
        foreach (var project in (string[])["DualDb.Sdk", "DualDb.AspNetCore", "DualDb.Consistency", "DualDb.Migrations", "DualDb.OpenTelemetry", "DualDb.Commands", "DualDb.Tool", "DualDb.Testing"])
        {
            await DotNet.RunAsync(
                Path.Combine(Metadata("RepositoryRoot"), "src", project),
                ["pack", "--no-build", "-c", Metadata("Configuration"), "-o", Packages, $"-p:Version={_version}"]);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")))
        {
            var name = Path.GetFileName(file).Replace(".csproj.txt", ".csproj", StringComparison.Ordinal);
            File.Copy(file, Path.Combine(Folder, name));
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        ForgetPackages();
        return ValueTask.CompletedTask;
    }

    private void ForgetPackages()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var id in (string[])["dualdb.sdk", "dualdb.aspnetcore", "dualdb.commands", "dualdb.consistency", "dualdb.migrations", "dualdb.opentelemetry", "dualdb.testing"])
        {
            var folder = Path.Combine(cache, id, _version);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string Metadata(string key)
        => typeof(PackedConsumer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
