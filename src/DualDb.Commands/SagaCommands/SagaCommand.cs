using System.CommandLine;
using DualDb.Commands.Frame;

namespace DualDb.Commands.SagaCommands;

/// <summary><c>dualdb saga</c>.</summary>
internal static class SagaCommand
{
    public static Command Create(CommandFrame frame) => new("saga", "Instances of sagas: what they did, and what operators do to them.")
    {
        SagaListCommand.Create(frame),
        SagaShowCommand.Create(frame),
        SagaInterventions.CreateRetry(frame),
        SagaInterventions.CreateSkip(frame),
        SagaInterventions.CreateCompensate(frame),
    };
}
