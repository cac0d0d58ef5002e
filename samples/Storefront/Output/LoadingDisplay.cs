using Spectre.Console;

namespace Storefront.Output;

/// <summary>Shows how far the loading has come: bars in a terminal, one line per finished table where the output is piped.</summary>
internal sealed class LoadingDisplay
{
    private readonly IAnsiConsole _console;
    private readonly ProgressContext? _bars;

    private LoadingDisplay(IAnsiConsole console, ProgressContext? bars)
    {
        _console = console;
        _bars = bars;
    }

    public static Task RunAsync(IAnsiConsole console, Func<LoadingDisplay, Task> load)
        => console.Profile.Capabilities.Interactive
            ? console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(bars => load(new LoadingDisplay(console, bars)))
            : load(new LoadingDisplay(console, bars: null));

    /// <summary>Begins a table of so many rows; the result takes the rows as they are stored.</summary>
    public IProgress<int> Begin(string table, int rows)
        => _bars is null
            ? new Lines(_console, table, rows)
            : new Bar(_bars.AddTask($"{table} [grey]({rows:N0})[/]", maxValue: rows));

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Increment(value);
    }

    private sealed class Lines(IAnsiConsole console, string table, int rows) : IProgress<int>
    {
        private int _stored;

        public void Report(int value)
        {
            _stored += value;
            if (_stored == rows)
            {
                console.WriteLine($"  {table}: {rows:N0} rows");
            }
        }
    }
}
