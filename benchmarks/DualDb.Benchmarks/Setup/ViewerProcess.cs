using System.Diagnostics;
using System.Globalization;

namespace DualDb.Benchmarks.Setup;

/// <summary>Those who keep pages open, in another process: this program once more.</summary>
internal sealed class ViewerProcess : IAsyncDisposable
{
    /// <summary>What this program is told to be them.</summary>
    public const string Argument = "viewers";

    private const string Ready = "ready";

    private readonly Process _process;

    private ViewerProcess(Process process) => _process = process;

    /// <summary>Begins them; returns when each has been shown a page.</summary>
    public static async Task<ViewerProcess> StartAsync(Uri address, int count, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath!;
        string[] arguments = [Argument, address.ToString(), count.ToString(CultureInfo.InvariantCulture)];
        var start = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.Ordinal) ? new ProcessStartInfo(program, [typeof(ViewerProcess).Assembly.Location, .. arguments]) : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        var viewers = new ViewerProcess(Process.Start(start)!);
        if (string.Equals(await viewers._process.StandardOutput.ReadLineAsync(cancellationToken), Ready, StringComparison.Ordinal))
        {
            return viewers;
        }

        await viewers.DisposeAsync();
        throw new InvalidOperationException("Those who were to look have ended before they saw a page.");
    }

    /// <summary>Is them, until it is ended.</summary>
    public static async Task<int> RunAsync(string address, int count)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            using var reader = new StreamReader(await client.GetStreamAsync(new Uri(address)));
            for (var isFirst = true; await reader.ReadLineAsync() is { } line;)
            {
                if (isFirst && string.Equals(line, "event: shown", StringComparison.Ordinal))
                {
                    isFirst = false;
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        Console.WriteLine(Ready);
                    }
                }
            }
        }));
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
