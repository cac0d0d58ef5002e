using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DualDb.Commands.MigrationCommands;
using DualDb.Commands.OutboxCommands;
using DualDb.Commands.Output;
using DualDb.Commands.SagaCommands;
using DualDb.Commands.Setup;
using DualDb.Commands.StatusCommands;
using DualDb.Commands.SyncCommands;
using DualDb.Commands.Targets;

namespace DualDb.Commands.Frame;

/// <summary>All commands, and the way from a line of arguments to an exit code.</summary>
internal static class CommandLine
{
    // A value that begins with @ is a value: nothing is read from a file that it may name.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(ICommandTargets targets, IReadOnlyList<string> args, CancellationToken cancellationToken = default)
    {
        using var interruption = new Interruption(cancellationToken);
        var parse = Build(targets).Parse(args, Parsing);
        if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction)
        {
            return Refuse(parse);
        }

        // Signals are this class's, and exceptions the frame's.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parse.InvokeAsync(invocation, interruption.Token).ConfigureAwait(false);
    }

    /// <summary>The commands for targets of a kind.</summary>
    internal static RootCommand Build(ICommandTargets targets)
    {
        var root = new RootCommand("Operates two PostgreSQL services as one: Neon for business data, Supabase for user data.");
        CommonOptions.AddTo(root);
        var frame = new CommandFrame(targets);
        root.Add(MigrationsCommand.Create(frame));
        root.Add(DoctorCommand.Create(frame));
        root.Add(OverviewCommand.Create(frame));
        root.Add(OutboxCommand.Create(frame));
        root.Add(SagaCommand.Create(frame));
        root.Add(SyncCommand.Create(frame));
        root.Add(InitCommand.Create(frame));
        root.Add(CompletionCommand.Create(frame));
        targets.Extend(root);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExampleHelp((HelpAction)help.Action!);
        }

        return root;
    }

    private static int Refuse(ParseResult parse)
    {
        var output = CommonOptions.Open(parse);
        var lines = parse.Errors.Select(static error => error.Message).Append($"Run '{PathOf(parse.CommandResult)} --help' for what can be written.");
        output.Write(new Failure(ExitCodes.Usage, string.Join(Environment.NewLine, lines)));
        return ExitCodes.Usage;
    }

    private static string PathOf(System.CommandLine.Parsing.SymbolResult? result)
        => result is System.CommandLine.Parsing.CommandResult { Parent: { } parent } command ? $"{PathOf(parent)} {command.Command.Name}" : "dualdb";
}
