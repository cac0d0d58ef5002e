using System.ComponentModel;
using DualDb.Testing.Downloads;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Supabase;

/// <summary>Finds Node.js in a version that Supabase Lite runs on.</summary>
internal static class NodeProgram
{
    /// <summary>The first that has <c>styleText</c>, which Supabase Lite imports.</summary>
    private static readonly Version Oldest = new(20, 12);

    private const string WhatToInstall = "Install Node.js 20.12 or newer with npm (https://nodejs.org/en/download; macOS: `brew install node`) so that `node` and `npm` are in PATH.";

    public static string? FindInstalled() => InstalledProgram.Find("node");

    public static async Task<string> FindAsync(ServerUser user, CancellationToken cancellationToken)
    {
        var node = FindInstalled() ?? throw new LocalServerException($"The Supabase API runs on Node.js, and `node` was not found. {WhatToInstall}");
        var cache = await CacheFolder.FindAsync(user, cancellationToken).ConfigureAwait(false);
        return await FindAsync(node, user, cache, "npm", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The program that is installed, or a newer one through npm where that is too old.</summary>
    /// <exception cref="LocalServerException">The user cannot run it, or it is too old and npm cannot bring a newer one.</exception>
    public static async Task<string> FindAsync(string installed, ServerUser user, CacheFolder cache, string npm, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(installed, user, cancellationToken).ConfigureAwait(false);
        return version >= Oldest ? installed
            : NodePackage.IsOffered ? await NodePackage.BringAsync(cache, npm, cancellationToken).ConfigureAwait(false)
            : throw new LocalServerException($"The Supabase API needs Node.js {Oldest} or newer, and '{installed}' is {version}. {WhatToInstall}");
    }

    /// <exception cref="LocalServerException">The user cannot run it.</exception>
    public static async Task<Version> VersionAsync(string node, ServerUser user, CancellationToken cancellationToken)
    {
        try
        {
            var result = await user.Command(node, "--version").RunAsync(cancellationToken).ConfigureAwait(false);
            return result.Succeeded && Version.TryParse(result.Output.Trim().TrimStart('v'), out var version)
                ? version
                : throw new LocalServerException($"'{node}' does not run as user '{user.Name}'. {WhatToInstall}\n{result.Text}");
        }
        catch (Win32Exception exception)
        {
            throw new LocalServerException($"'{node}' cannot be run by user '{user.Name}'. {WhatToInstall}", exception);
        }
    }
}
