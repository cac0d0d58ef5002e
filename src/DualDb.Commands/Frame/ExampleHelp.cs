using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DualDb.Commands.Frame;

/// <summary>A command that shows how it is used.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole lines.</param>
internal sealed class ExampleCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Whole lines that can be typed.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The help of a command, with its examples.</summary>
/// <param name="help">The help of the library.</param>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return code;
    }
}
