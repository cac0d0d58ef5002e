using System.Diagnostics;
using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>DDB901 comes from the targets of the package: an older compiler would not load the analyzers either.</summary>
public sealed class CompilerVersionTests
{
    [Theory]
    [InlineData("roslyn4.8")]
    [InlineData("roslyn4.13")]
    public async Task An_older_compiler_is_refused(string version)
    {
        var (exitCode, output) = await CheckAsync(version);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(
            $"error DDB901: DualDb.Sdk cannot generate repositories with the C# compiler {version["roslyn".Length..]}, because its generator needs 4.14 or newer.",
            output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roslyn4.14")]
    [InlineData("roslyn5.0")]
    [InlineData("roslyn10.1")]
    public async Task A_newer_compiler_is_fine(string version)
    {
        var (exitCode, output) = await CheckAsync(version);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Runs the check alone, as a project of that compiler would before compiling.</summary>
    private static async Task<(int ExitCode, string Output)> CheckAsync(string version)
    {
        var targets = Path.Combine(Project.RepositoryRoot, "src", "DualDb.Sdk", "buildTransitive", "DualDb.Sdk.targets");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", targets, "-nologo", "-target:DualDbRefuseOlderCompiler", "-property:Language=C#", $"-property:CompilerApiVersion={version}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
