using System.Diagnostics;

namespace DualDb.Docs.Tests;

/// <summary>One run of the sample in a process of its own, with its output piped.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to the standard output.</param>
/// <param name="Errors">What it wrote to the standard error.</param>
internal sealed record SampleRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Many times what it needs on a quiet machine: the limit only keeps a run that hangs from hanging the tests.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public static async Task<SampleRun> StartAsync(string? neonUrl = null, string? supabaseUrl = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Storefront.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A null value takes the variable away: the sample must not meet a database of whoever runs the tests.
        start.Environment["NEON_DATABASE_URL"] = neonUrl;
        start.Environment["SUPABASE_DB_URL"] = supabaseUrl;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new SampleRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
