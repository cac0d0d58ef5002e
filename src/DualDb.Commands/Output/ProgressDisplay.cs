using DualDb.Diagnostics;
using Spectre.Console;

namespace DualDb.Commands.Output;

/// <summary>How far a part of the work is.</summary>
/// <param name="Part">Which part: a bar of its own.</param>
/// <param name="Text">What is happening.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">Of how much; null where that is not known.</param>
internal sealed record ProgressStep(string Part, string Text, double Done, double? Total);

/// <summary>Shows progress on the standard error.</summary>
internal static class ProgressDisplay
{
    public static async Task<T> RunAsync<T>(IAnsiConsole console, Redaction redaction, Func<IProgress<ProgressStep>, Task<T>> work)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            return await work(new Lines(console, redaction)).ConfigureAwait(false);
        }

        var result = default(T)!;
        await console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn()).StartAsync(
            async context => result = await work(new Bars(context, redaction)).ConfigureAwait(false)).ConfigureAwait(false);
        return result;
    }

    private sealed class Lines(IAnsiConsole console, Redaction redaction) : IProgress<ProgressStep>
    {
        public void Report(ProgressStep value) => console.Write(new Text(redaction.Clean(value.Text) + "\n"));
    }

    private sealed class Bars(ProgressContext context, Redaction redaction) : IProgress<ProgressStep>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);

        public void Report(ProgressStep value)
        {
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Part, out var task))
                {
                    _tasks[value.Part] = task = context.AddTask(value.Part);
                }

                task.Description = Markup.Escape(redaction.Clean(value.Text));
                task.IsIndeterminate = value.Total is null;
                task.MaxValue = Math.Max(value.Total ?? 1, 1);
                task.Value = value.Done;
            }
        }
    }
}
