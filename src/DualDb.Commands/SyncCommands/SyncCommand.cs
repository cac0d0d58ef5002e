using System.CommandLine;
using DualDb.Commands.Frame;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync</c>. All of it needs the maps, and with them the application.</summary>
internal static class SyncCommand
{
    public static Command Create(CommandFrame frame) => new("sync", "The synchronisation between both databases. Needs the maps of the application: --project, or within it.")
    {
        SyncStatusCommand.Create(frame),
        SyncConflictsCommand.Create(frame),
        SyncBackfillCommand.Create(frame),
        SyncPauseCommands.CreatePause(frame),
        SyncPauseCommands.CreateResume(frame),
        SyncVerifyCommand.Create(frame),
        SyncRepairCommand.Create(frame),
    };
}
