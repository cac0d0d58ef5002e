namespace DualDb.Browser.Tests.Places;

/// <summary>The browser that this machine has; the one of the library is not downloaded.</summary>
internal static class BrowserProgram
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static string Path { get; } = Find() ?? throw new InvalidOperationException("There is no Chromium on this machine. Run ./test.sh, which installs it, or install the package chromium.");

    private static string? Find()
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(static folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
