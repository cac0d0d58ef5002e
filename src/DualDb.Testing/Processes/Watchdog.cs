using System.Diagnostics;

namespace DualDb.Testing.Processes;

/// <summary>
/// A small shell process that stops a run's servers and removes its folder as soon as the pipe to it closes: on dispose,
/// at the end of the process, and, because the kernel closes pipes, after any crash or kill. It is the only thing that
/// cleans up, so that the path taken after a crash is the one every ordinary dispose proves.
/// </summary>
/// <remarks>
/// No signal is handled here on purpose. A host that answers Ctrl-C or SIGTERM by finishing its work keeps its servers
/// until it really ends; one that does not is dead at once, and its pipe with it.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    private readonly Process _launcher;

    private Watchdog(Process launcher) => _launcher = launcher;

    /// <summary>Starts a watchdog, which creates <paramref name="folder"/> with access for its user only.</summary>
    public static async Task<Watchdog> StartAsync(string folder, ServerUser user, CancellationToken cancellationToken)
    {
        var launcher = user.Command("/bin/sh", "-c", WatchdogScript.Launch, "dualdb-launcher", folder, WatchdogScript.Watch).Start();
        try
        {
            var line = await launcher.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is not null)
            {
                return new Watchdog(launcher);
            }

            throw new LocalServerException(
                $"The folder '{folder}' could not be created as user '{user.Name}'. Set TMPDIR to a folder that this user can write to.");
        }
        catch
        {
            launcher.StandardInput.Close();
            launcher.Dispose();
            throw;
        }
    }

    /// <summary>Lets the watchdog clean up, and returns when it has.</summary>
    public async Task FinishAsync()
    {
        _launcher.StandardInput.Close();
        await _launcher.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <summary>The same for the end of the process, where nothing asynchronous is waited for.</summary>
    public void Finish()
    {
        _launcher.StandardInput.Close();
        _launcher.StandardOutput.ReadToEnd();
        Dispose();
    }

    public void Dispose() => _launcher.Dispose();
}
