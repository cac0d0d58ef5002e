using System.CommandLine;
using DualDb.Commands.Output;

namespace DualDb.Commands.Frame;

/// <summary>What every command takes.</summary>
internal static class CommonOptions
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON document on the standard output; messages and progress go to the standard error", Recursive = true };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask before what cannot be taken back", Recursive = true };
    private static readonly Option<bool> NoColour = new("--no-color") { Description = "No colours, as with NO_COLOR, and as where the output is no terminal", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Add(Json);
        root.Add(Yes);
        root.Add(NoColour);
    }

    public static CommandOutput Open(ParseResult parse) => new(parse.GetValue(Json), parse.GetValue(Yes), !parse.GetValue(NoColour));
}
