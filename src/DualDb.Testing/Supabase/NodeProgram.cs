using System.ComponentModel;
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
        await CheckAsync(node, user, cancellationToken).ConfigureAwait(false);
        return node;
    }

    /// <exception cref="LocalServerException">The user cannot run it, or it is too old.</exception>
    public static async Task CheckAsync(string node, ServerUser user, CancellationToken cancellationToken)
    {
        try
        {
            var result = await user.Command(node, "--version").RunAsync(cancellationToken).ConfigureAwait(false);
            var text = result.Output.Trim();
            if (!result.Succeeded || !Version.TryParse(text.TrimStart('v'), out var version))
            {
                throw new LocalServerException($"'{node}' does not run as user '{user.Name}'. {WhatToInstall}\n{result.Text}");
            }

            if (version < Oldest)
            {
                throw new LocalServerException($"The Supabase API needs Node.js {Oldest} or newer, and '{node}' is {text}. {WhatToInstall}");
            }
        }
        catch (Win32Exception exception)
        {
            throw new LocalServerException($"'{node}' cannot be run by user '{user.Name}'. {WhatToInstall}", exception);
        }
    }
}
