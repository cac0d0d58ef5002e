using System.Globalization;

namespace DualDb.Testing.Processes;

/// <summary>Sends signals by their names, since their numbers differ between Linux and macOS.</summary>
internal static class SignalCommand
{
    /// <summary>Sends a signal to a process; nothing happens where it is gone.</summary>
    /// <param name="signal">The name without "SIG".</param>
    /// <param name="id">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task SendAsync(string signal, int id, CancellationToken cancellationToken) =>
        await new Command("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, id.ToString(CultureInfo.InvariantCulture)).RunAsync(cancellationToken).ConfigureAwait(false);
}
