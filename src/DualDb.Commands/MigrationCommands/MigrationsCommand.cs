using System.CommandLine;
using DualDb.Commands.Frame;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations</c>.</summary>
internal static class MigrationsCommand
{
    public static Command Create(CommandFrame frame)
    {
        var command = new Command("migrations", "Moves the schemas of both databases together.")
        {
            AddCommand.Create(frame),
            PlanCommand.Create(frame),
            UpCommand.Create(frame),
            UpCommand.CreateResume(frame),
            DownCommand.Create(frame),
            StatusCommand.Create(frame),
            BaselineCommand.Create(frame),
            ImportCommand.Create(frame),
            LintCommand.Create(frame),
            CorrectionCommands.CreateRepair(frame),
            CorrectionCommands.CreateResolve(frame),
        };
        return command;
    }
}
