using System.Diagnostics;
using System.Globalization;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>A process that is one node of an application.</summary>
internal sealed class Worker : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "DualDb.Caching.Worker.dll");

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Worker(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts a node that works for some time, once it is told to.</summary>
    public static Worker Start(Store store, int seconds, int seed)
        => Start(store, seconds.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Creates what the nodes share.</summary>
    public static async Task PrepareAsync(Store store)
    {
        using var worker = Start(store, "prepare");
        await worker.EndAsync();
    }

    public async Task ReadyAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not "ready")
        {
            Assert.Fail(await _errors);
        }
    }

    public void Begin() => _process.StandardInput.WriteLine("begin");

    /// <summary>Waits for the end.</summary>
    /// <returns>The lines of the log.</returns>
    public async Task<IReadOnlyList<Operation>> EndAsync()
    {
        var lines = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, await _errors);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Operation.Read)];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Worker Start(Store store, params string[] how)
    {
        // The runtime that runs this test, which runs the worker too.
        var runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(runtime, [Program, store.Neon, store.Supabase, store.RedisAddress, store.Prefix, .. how])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Worker(Process.Start(start)!);
    }
}
