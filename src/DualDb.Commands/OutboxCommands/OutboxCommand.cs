using System.CommandLine;
using DualDb.Commands.Frame;

namespace DualDb.Commands.OutboxCommands;

/// <summary><c>dualdb outbox</c>.</summary>
internal static class OutboxCommand
{
    public static Command Create(CommandFrame frame) => new("outbox", "Deliveries of events that did not succeed.")
    {
        OutboxListCommand.Create(frame),
        OutboxReplayCommand.Create(frame),
        OutboxDiscardCommand.Create(frame),
    };
}
