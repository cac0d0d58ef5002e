namespace DualDb.Testing.Processes;

/// <summary>Finds a program in PATH, then where package systems put it.</summary>
internal static class InstalledProgram
{
    // Debian's place for servers is missing from an ordinary user's PATH; the others are Homebrew's.
    private static readonly string[] Places = ["/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

    /// <summary>The path of the first program that is there, names being asked for in turn; null when none is.</summary>
    public static string? Find(params IReadOnlyList<string> names)
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var folders = onPath.Concat(Places).Where(Path.IsPathRooted).ToArray();
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
