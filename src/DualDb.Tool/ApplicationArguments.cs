using System.CommandLine;
using DualDb.Commands.Output;

namespace DualDb.Tool;

/// <summary>A command that an application is to answer.</summary>
/// <param name="Project">Its project: a file or a folder.</param>
/// <param name="Configuration">The configuration that it is built in; null for the default.</param>
/// <param name="IsBuilt">Whether it need not be built.</param>
/// <param name="Command">The command, without what says which application.</param>
internal sealed record ApplicationArguments(string Project, string? Configuration, bool IsBuilt, IReadOnlyList<string> Command)
{
    private const string ProjectName = "--project";
    private const string ConfigurationName = "--configuration";
    private const string NoBuildName = "--no-build";

    /// <summary>Whether the built file says all that the command asks: the model is read from it, and neither its settings nor its databases are needed.</summary>
    public bool NeedsModelOnly => Command.Where(static word => !word.StartsWith('-')).Take(2).SequenceEqual(["migrations", "add"], StringComparer.Ordinal)
        && !Command.Contains("--compare", StringComparer.Ordinal);

    /// <summary>Adds the options, so that help and completion know them.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(new Option<string?>(ProjectName) { Description = "The application that answers, where its maps, sagas or migrations of code are needed", Recursive = true });
        root.Add(new Option<string?>(ConfigurationName) { Description = "With --project: the configuration that it is built in", Recursive = true });
        root.Add(new Option<bool>(NoBuildName) { Description = "With --project: it is built already", Recursive = true });
    }

    /// <summary>Takes the arguments apart; null where no application is named. Done before they are parsed: what they say otherwise is the application's to understand.</summary>
    public static ApplicationArguments? Of(IReadOnlyList<string> args)
    {
        string? project = null, configuration = null;
        var isBuilt = false;
        var command = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case ProjectName when value is not null || i + 1 < args.Count:
                    project = value ?? args[++i];
                    break;
                case ConfigurationName when value is not null || i + 1 < args.Count:
                    configuration = value ?? args[++i];
                    break;
                case NoBuildName when value is null:
                    isBuilt = true;
                    break;
                default:
                    command.Add(args[i]);
                    break;
            }
        }

        return project is null || args[0].StartsWith('[') ? null : new ApplicationArguments(project, configuration, isBuilt, command);
    }

    /// <summary>Says why nothing is asked of the application: to people and, where the command asks for that, as a document.</summary>
    /// <returns>The exit code.</returns>
    public int Refuse(int exitCode, string message)
    {
        new CommandOutput(asJson: Command.Contains("--json", StringComparer.Ordinal), isConfirmed: false, mayColour: !Command.Contains("--no-color", StringComparer.Ordinal)).Write(new Failure(exitCode, message.Trim()));
        return exitCode;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (argument[..equals], argument[(equals + 1)..]) : (argument, null);
    }
}
