using Spectre.Console;

namespace Storefront.Output;

/// <summary>Where the tour is printed.</summary>
internal static class Terminal
{
    /// <summary>Wide enough for the tables, and the same whoever reads: without a terminal there is no width to ask for.</summary>
    private const int PipedWidth = 130;

    /// <summary>
    /// The terminal, or plain text where the output is piped. Said explicitly, because Spectre takes some build servers for
    /// terminals.
    /// </summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(Console.Out),
        });
        plain.Profile.Width = PipedWidth;
        return plain;
    }
}
