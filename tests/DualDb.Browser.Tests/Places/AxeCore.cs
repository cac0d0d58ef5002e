using System.Diagnostics;

namespace DualDb.Browser.Tests.Places;

/// <summary>The rules that pages are looked over by, which come through npm.</summary>
internal static class AxeCore
{
    private const string Version = "4.14.1";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "axe");

    /// <summary>The script, brought on the first call.</summary>
    public static async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        var script = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            Directory.CreateDirectory(Folder);
            var start = new ProcessStartInfo("npm", ["install", "--prefix", Folder, "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@" + Version])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, $"axe-core {Version} could not be brought by npm: {errors}");
        }

        return await File.ReadAllTextAsync(script, cancellationToken);
    }
}
