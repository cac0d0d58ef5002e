using DualDb.Commands.Frame;
using DualDb.Commands.Targets;
using Microsoft.Extensions.Hosting;

namespace DualDb.Commands;

/// <summary>The commands of the <c>dualdb</c> tool within an application, which knows its maps, sagas and migrations of code.</summary>
public static class DualDbCommandExtensions
{
    /// <summary>What the arguments begin with that are meant for these commands.</summary>
    private const string Verb = "dualdb";

    /// <summary>
    /// Answers <c>dualdb …</c>, where the application was started with it: <c>if (await app.RunDualDbCommandAsync&lt;ShopDb&gt;(args) is { } exitCode) { return exitCode; }</c>, before it runs. Its services
    /// are not started for that. The tool starts the application so by itself: <c>dualdb sync status --project src/Shop</c>.
    /// </summary>
    /// <typeparam name="TRoot">The generated root, registered by its own method (<c>AddShopDb</c>).</typeparam>
    /// <param name="host">The host, built and not started.</param>
    /// <param name="args">The arguments of the application.</param>
    /// <param name="cancellationToken">Cancels the command, as Ctrl+C does.</param>
    /// <returns>What the process should end with, one of <see cref="ExitCodes"/>; null where the arguments are the application's own.</returns>
    public static async Task<int?> RunDualDbCommandAsync<TRoot>(this IHost host, IReadOnlyList<string> args, CancellationToken cancellationToken = default)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        return args.Count > 0 && string.Equals(args[0], Verb, StringComparison.Ordinal)
            ? await CommandLine.RunAsync(new AppTargets<TRoot>(host.Services), [.. args.Skip(1)], cancellationToken).ConfigureAwait(false)
            : null;
    }
}
