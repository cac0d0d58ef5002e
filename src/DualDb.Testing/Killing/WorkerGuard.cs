using System.Diagnostics;
using System.Globalization;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Killing;

/// <summary>
/// A small shell process that kills the workers of a rig when its owner is gone: on dispose, at the end of the process, and after any crash or kill of it. Like <see cref="Watchdog"/> it is the only
/// thing that cleans up, so that what happens after a crash is what every ordinary dispose proves.
/// </summary>
internal sealed class WorkerGuard : IAsyncDisposable
{
    private readonly Process _shell;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private int _disposed;

    private WorkerGuard(Process shell) => _shell = shell;

    public static async Task<WorkerGuard> StartAsync(CancellationToken cancellationToken)
    {
        var shell = new Command("/bin/sh", "-c", WatchdogScript.Launch, "dualdb-launcher", "workers", WorkerGuardScript.Guard).Start();
        try
        {
            if (await shell.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is "ready")
            {
                return new WorkerGuard(shell);
            }

            throw new KillRigException("The shell that ends workers with their owner could not be started: /bin/sh is needed.");
        }
        catch
        {
            shell.StandardInput.Close();
            shell.Dispose();
            throw;
        }
    }

    /// <summary>Has a process killed when this ends.</summary>
    public Task AddAsync(int id) => TellAsync("add", id);

    /// <summary>A process has ended.</summary>
    public Task RemoveAsync(int id) => TellAsync("remove", id);

    /// <summary>Lets the guard kill what it knows, and returns when it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        _shell.StandardInput.Close();
        await _shell.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        _shell.Dispose();
        _oneAtATime.Release();
    }

    private async Task TellAsync(string what, int id)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _disposed) == 0)
            {
                await _shell.StandardInput.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{what} {id}\n")).ConfigureAwait(false);
                await _shell.StandardInput.FlushAsync().ConfigureAwait(false);
                await _shell.StandardOutput.ReadLineAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
