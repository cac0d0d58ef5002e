using System.Diagnostics;

namespace DualDb.Testing.Processes;

/// <summary>A program that runs to its end while its output is captured.</summary>
internal sealed record Command(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>The account to run as; null keeps the current one.</summary>
    public string? UserName { get; init; }

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>
    /// False gives the program a small environment of its own. PostgreSQL reads many variables (PGDATA, PGPORT, LANG, …)
    /// and its messages are looked at, so that it must not see the caller's.
    /// </summary>
    public bool InheritsEnvironment { get; init; }

    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new CommandResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Starts the program with all three streams redirected; the caller ends and disposes it.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo(FileName, Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingDirectory,
        };
        if (UserName is not null)
        {
            start.UserName = UserName;
        }

        if (!InheritsEnvironment)
        {
            ReplaceEnvironment(start.Environment);
        }

        return Process.Start(start) ?? throw new LocalServerException($"The program '{FileName}' could not be started.");
    }

    private static void ReplaceEnvironment(IDictionary<string, string?> environment)
    {
        // Libraries beside binaries of one's own are found through the last three.
        string[] kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"];
        foreach (var name in environment.Keys.Except(kept, StringComparer.Ordinal).ToArray())
        {
            environment.Remove(name);
        }

        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        environment["HOME"] = "/";
    }
}
