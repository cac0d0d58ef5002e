using System.Diagnostics;
using System.Runtime.InteropServices;
using DualDb.Commands;
using DualDb.Commands.Frame;

namespace DualDb.Tool;

/// <summary>
/// Builds an application and has it answer. It is started by itself and not by <c>dotnet run</c>, which would stand between it and the signals that are passed on.
/// </summary>
internal static class ApplicationProcess
{
    /// <summary>Runs the command in the application.</summary>
    /// <returns>What the application ended with.</returns>
    public static async Task<int> RunAsync(ApplicationArguments application)
    {
        var project = Path.GetFullPath(application.Project);
        if (!File.Exists(project) && !Directory.Exists(project))
        {
            return application.Refuse(ExitCodes.Usage, $"There is no project {project} (--project).");
        }

        string[] configuration = application.Configuration is { } name ? ["-c", name] : [];
        if (!application.IsBuilt && await MSBuild(["build", project, .. configuration, "-v", "q", "-nologo"]).ConfigureAwait(false) is { ExitCode: not 0 } broken)
        {
            return application.Refuse(ExitCodes.Refused, $"{broken.Output}{Environment.NewLine}{project} cannot be built. Nothing was changed.");
        }

        string[] property = application.Configuration is { } configured ? [$"-p:Configuration={configured}"] : [];
        var (exitCode, output) = await MSBuild(["msbuild", project, "-getProperty:TargetPath", "-nologo", .. property]).ConfigureAwait(false);
        var target = output.Trim();
        if (exitCode != 0 || !File.Exists(target))
        {
            return application.Refuse(ExitCodes.Refused, exitCode == 0 ? $"There is no {target}: build {project} first, or leave --no-build out." : output);
        }

        var folder = File.Exists(project) ? Path.GetDirectoryName(project)! : project;
        if (application.NeedsModelOnly)
        {
            return await CommandLine.RunAsync(new StandaloneTargets(folder, target), application.Command).ConfigureAwait(false);
        }

        return AnsweringApplication.Is(target)
            ? await AnswerAsync(target, folder, application.Command).ConfigureAwait(false)
            : application.Refuse(
                ExitCodes.Refused,
                $"{project} does not answer the dualdb command, and would only be started: reference DualDb.Commands, and write before the application runs: if (await app.RunDualDbCommandAsync<YourDb>(args) is {{ }} exitCode) {{ return exitCode; }}");
    }

    // In the folder of the project, where applications look for their settings.
    private static async Task<int> AnswerAsync(string target, string folder, IReadOnlyList<string> command)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", ["exec", target, "dualdb", .. command]) { UseShellExecute = false, WorkingDirectory = folder } };

        // A terminal sends Ctrl+C to both, and a second one would end the application at once; what is sent to this process alone is passed on. Either way the application says how it ended.
        void Pass(PosixSignalContext context)
        {
            context.Cancel = true;
            if (context.Signal != PosixSignal.SIGINT || Console.IsInputRedirected)
            {
                Signals.Send(process, context.Signal);
            }
        }

        process.Start();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Pass);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Pass);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private static async Task<(int ExitCode, string Output)> MSBuild(IReadOnlyList<string> arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, output + await error.ConfigureAwait(false));
    }
}
