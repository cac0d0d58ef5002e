using DualDb.Commands.Targets;
using DualDb.Diagnostics;
using Spectre.Console;

namespace DualDb.Commands.Output;

/// <summary>What a command says: its result on the standard output, all else on the standard error. Nothing leaves it without passing the redaction.</summary>
/// <param name="asJson">Whether the result is one JSON document.</param>
/// <param name="isConfirmed">Whether what is destructive was confirmed on the command line.</param>
/// <param name="mayColour">Whether colours were not declined.</param>
internal sealed class CommandOutput(bool asJson, bool isConfirmed, bool mayColour)
{
    private readonly IAnsiConsole _out = Terminal.Open(Console.Out, Console.IsOutputRedirected, mayColour);
    private readonly IAnsiConsole _error = Terminal.Open(Console.Error, Console.IsErrorRedirected, mayColour);

    public Redaction Redaction { get; } = new();

    /// <summary>Whether several documents follow one another, each on a line of its own, so that a reader can tell them apart.</summary>
    public bool WritesLines { get; set; }

    /// <summary>Writes a result.</summary>
    public void Write(CommandResult result)
    {
        if (asJson)
        {
            Console.Out.WriteLine(CleanJson.Of(result.Json, Redaction, WritesLines));
            return;
        }

        foreach (var part in result.Text)
        {
            Write(_out, part);
        }
    }

    /// <summary>Makes room for the next picture of what is watched; where nobody watches, they follow one another.</summary>
    public void Clear()
    {
        if (!asJson && !Console.IsOutputRedirected)
        {
            _out.Clear(home: true);
        }
    }

    /// <summary>Says something to whoever watches.</summary>
    public void Say(string text, TextTone tone = TextTone.Plain) => Write(_error, new TextLine(text, tone));

    /// <summary>Writes why a command did not come to its end: for people on the standard error, for tools also as the document.</summary>
    public void Write(Failure failure)
    {
        Say(failure.Message, TextTone.Bad);
        foreach (var part in failure.Details)
        {
            Write(_error, part);
        }

        if (asJson)
        {
            Console.Out.WriteLine(CleanJson.Of(failure.ToJson(), Redaction, WritesLines));
        }
    }

    /// <summary>Asks whether something destructive is meant.</summary>
    /// <param name="what">What will happen, as a sentence.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <exception cref="RefusedException">It is not, or nobody can be asked.</exception>
    public async Task ConfirmAsync(string what, CancellationToken cancellationToken)
    {
        if (isConfirmed)
        {
            return;
        }

        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            throw new RefusedException($"{what} Nobody can be asked here whether that is meant: pass --yes. Nothing was changed.");
        }

        Say(what, TextTone.Warning);
        await Console.Error.WriteAsync("Go on? [y/N] ".AsMemory(), cancellationToken).ConfigureAwait(false);

        // Reading from a terminal cannot be cancelled.
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (answer?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new RefusedException("Not confirmed. Nothing was changed.");
        }
    }

    /// <summary>Shows how far something is: bars on a terminal, lines elsewhere.</summary>
    public Task<T> TrackAsync<T>(Func<IProgress<ProgressStep>, Task<T>> work) => ProgressDisplay.RunAsync(_error, Redaction, work);

    private void Write(IAnsiConsole console, TextPart part)
    {
        if (part is TextTable table)
        {
            var drawn = new Table { Border = TableBorder.None };
            foreach (var column in table.Columns)
            {
                drawn.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
            }

            foreach (var row in table.Rows)
            {
                drawn.AddRow(row.Select(cell => new Text(Redaction.Clean(cell))));
            }

            console.Write(drawn);
        }
        else if (part is TextLine line)
        {
            console.Write(new Text(Redaction.Clean(line.Text) + "\n", StyleOf(line.Tone)));
        }
    }

    private static Style StyleOf(TextTone tone) => tone switch
    {
        TextTone.Good => new Style(Color.Green),
        TextTone.Warning => new Style(Color.Yellow),
        TextTone.Bad => new Style(Color.Red),
        _ => Style.Plain,
    };
}
