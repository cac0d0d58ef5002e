using System.Security.Cryptography;
using System.Text;
using DualDb.Testing.Downloads;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Supabase;

/// <summary>
/// Brings Supabase Lite and what it needs through npm, once per user and version. The lock file beside this one pins every package to a version
/// and to the digest of its archive, and no script of a package is run at installation.
/// </summary>
internal static class LitePackages
{
    private const string Manifest = """{"name":"dualdb-local-supabase","private":true,"dependencies":{"@supabase/lite":"0.10.0","postgres":"3.4.9"}}""";

    /// <summary>The program that starts the server, a file for Node.js.</summary>
    public static async Task<string> BringAsync(ServerUser user, CancellationToken cancellationToken)
    {
        var cache = await CacheFolder.FindAsync(user, cancellationToken).ConfigureAwait(false);
        return await BringAsync(cache, "npm", cancellationToken).ConfigureAwait(false);
    }

    public static async Task<string> BringAsync(CacheFolder cache, string npm, CancellationToken cancellationToken)
    {
        var packages = await ReadLockAsync(cancellationToken).ConfigureAwait(false);

        // Named by what is in it: other versions or corrections never find these.
        var content = string.Concat(LiteCorrections.All.Select(static correction => correction.ToString()));
        var name = "supabase-lite-" + Convert.ToHexStringLower(SHA256.HashData([.. packages, .. Encoding.UTF8.GetBytes(content)]))[..12];
        var folder = await cache.GetOrAddAsync(name, partial => FillAsync(packages, npm, partial, cancellationToken), cancellationToken).ConfigureAwait(false);
        return Path.Combine(folder, "node_modules", "@supabase", "lite", "dist", "cli", "index.js");
    }

    private static async Task FillAsync(byte[] packages, string npm, string folder, CancellationToken cancellationToken)
    {
        await NpmInstallation.FillAsync(npm, folder, Manifest, packages, "the Supabase API", cancellationToken).ConfigureAwait(false);
        await LiteCorrections.ApplyAsync(folder, cancellationToken).ConfigureAwait(false);
        await NpmInstallation.OpenToAllAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadLockAsync(CancellationToken cancellationToken)
    {
        var resource = typeof(LitePackages).Assembly.GetManifestResourceStream("DualDb.Testing.Supabase.package-lock.json")!;
        await using var _ = resource.ConfigureAwait(false);
        var content = new byte[resource.Length];
        await resource.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return content;
    }
}
