using Spectre.Console;

namespace DualDb.Commands.Output;

/// <summary>The two streams of the process. Colours are for people who watch, and only where they have not said no.</summary>
internal static class Terminal
{
    private const int Unlimited = 10_000;

    public static IAnsiConsole Open(TextWriter stream, bool isRedirected, bool mayColour)
    {
        var isDumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        var colours = mayColour && !isRedirected && !isDumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(stream),
            Ansi = isRedirected || isDumb ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isRedirected || isDumb ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            // Whoever reads it next, a file or another program, breaks lines by itself.
            console.Profile.Width = Unlimited;
        }

        return console;
    }
}
