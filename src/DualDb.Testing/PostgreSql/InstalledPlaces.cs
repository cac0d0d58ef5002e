using System.Globalization;

namespace DualDb.Testing.PostgreSql;

/// <summary>Folders where package systems put PostgreSQL's server programs: PATH first, then the newest version of each.</summary>
internal static class InstalledPlaces
{
    // Debian and Ubuntu; Homebrew on Apple silicon and on Intel; the PostgreSQL project's packages for Fedora and Red Hat.
    private static readonly (string Parent, string Pattern)[] Packages =
    [
        ("/usr/lib/postgresql", "*"),
        ("/opt/homebrew/opt", "postgresql*"),
        ("/usr/local/opt", "postgresql*"),
        ("/usr", "pgsql-*"),
    ];

    public static IEnumerable<string> List() => OnPath().Concat(Packages.SelectMany(Installed)).Where(PostgresBinaries.AreIn);

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);

    private static IEnumerable<string> Installed((string Parent, string Pattern) package) =>
        Directory.Exists(package.Parent)
            ? Directory.EnumerateDirectories(package.Parent, package.Pattern)
                .OrderByDescending(Version)
                .Select(directory => Path.Combine(directory, "bin"))
            : [];

    /// <summary>The number at the end of the folder's name ("17", "postgresql@17", "pgsql-17"); 0 where it has none.</summary>
    private static double Version(string directory)
    {
        var name = Path.GetFileName(directory);
        var number = name[(name.AsSpan().LastIndexOfAnyExcept("0123456789.") + 1)..];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
