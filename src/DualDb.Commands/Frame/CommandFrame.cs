using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Diagnostics;

namespace DualDb.Commands.Frame;

/// <summary>What is around every command: its target, its output, and what becomes of what goes wrong.</summary>
/// <param name="targets">Finds the target.</param>
internal sealed class CommandFrame(ICommandTargets targets)
{
    /// <summary>Gives a command its work.</summary>
    /// <returns>The command.</returns>
    public Command Handle(Command command, Func<CommandCall, CancellationToken, Task<CommandResult>> work)
    {
        command.SetAction((parse, cancellationToken) => RunAsync(parse, work, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, Func<CommandCall, CancellationToken, Task<CommandResult>> work, CancellationToken cancellationToken)
    {
        var output = CommonOptions.Open(parse);
        try
        {
            var call = new CommandCall(parse, output, targets);
            await using var closing = call.ConfigureAwait(false);
            var result = await work(call, cancellationToken).ConfigureAwait(false);
            output.Write(result);
            return result.ExitCode;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception, cancellationToken.IsCancellationRequested);
            output.Write(failure);
            return failure.ExitCode;
        }
    }
}

/// <summary>One call of a command.</summary>
/// <param name="parse">The command line.</param>
/// <param name="output">What it says.</param>
/// <param name="targets">Finds the target.</param>
internal sealed class CommandCall(ParseResult parse, CommandOutput output, ICommandTargets targets) : IAsyncDisposable
{
    private ICommandTarget? _target;

    public CommandOutput Output => output;

    /// <summary>What the command works on, found at first use: some commands need no database.</summary>
    /// <exception cref="RefusedException">The application cannot be set up.</exception>
    public ICommandTarget Target => _target ??= Open();

    public T? Value<T>(Option<T> option) => parse.GetValue(option);

    public T Value<T>(Argument<T> argument) => parse.GetValue(argument)!;

    // Nothing was asked yet, so that nothing can have been changed.
    private ICommandTarget Open()
    {
        try
        {
            return targets.Open(parse, output.Redaction);
        }
        catch (InvalidOperationException exception)
        {
            throw new RefusedException(exception.Message);
        }
    }

    public ValueTask DisposeAsync() => _target?.DisposeAsync() ?? ValueTask.CompletedTask;
}
