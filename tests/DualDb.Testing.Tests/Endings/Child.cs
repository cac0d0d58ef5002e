using System.Diagnostics;
using System.Globalization;

namespace DualDb.Testing.Tests.Endings;

/// <summary>The child program, which holds a pair of servers whose folders lie in a scratch folder.</summary>
internal sealed class Child : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DualDb.Testing.Child.dll");

    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>What the child tells: the process ids of its servers, or how many starts it cancelled.</summary>
    public required int[] Numbers { get; init; }

    /// <summary>The runtime that runs this test, which runs the child too.</summary>
    public static string Runtime { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    /// <summary>The command line that starts the child.</summary>
    public static string[] CommandLine(params string[] arguments) => [Path.Combine(Runtime, "dotnet"), Program, .. arguments];

    public static Task<Child> StartAsync(string ending, Scratch scratch, LocalPostgres binaries, params string[] more)
    {
        var line = CommandLine([ending, .. more]);
        return StartAsync(new ProcessStartInfo(line[0], line[1..]), scratch, binaries);
    }

    public static async Task<Child> StartAsync(ProcessStartInfo start, Scratch scratch, LocalPostgres binaries)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TMPDIR"] = scratch.Path;
        start.Environment["DUALDB_POSTGRES_BIN"] = binaries.BinaryDirectory;

        // The runtime would leave its diagnostic sockets in the scratch folder when killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            Assert.Fail(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        var words = line.Split(' ');
        Assert.True(words[0] is "started" or "cancelled", line);
        return new Child(process) { Numbers = [.. words[1..].Select(word => int.Parse(word, CultureInfo.InvariantCulture))] };
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    public void KillTree() => _process.Kill(entireProcessTree: true);

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        // A test that failed half-way must not leave its child running.
        _process.Kill();
        _process.Dispose();
    }
}
