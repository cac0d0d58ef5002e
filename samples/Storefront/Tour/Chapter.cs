using System.Diagnostics;
using System.Runtime.CompilerServices;
using DualDb;
using DualDb.Testing;
using Spectre.Console;
using Spectre.Console.Rendering;
using Storefront.Output;

namespace Storefront.Tour;

/// <summary>One chapter of the tour: carries out its steps, measures them, and prints them as a table when it ends.</summary>
internal sealed class Chapter(IAnsiConsole console, string title, string about) : IAsyncDisposable
{
    private readonly StepTable _table = new();
    private readonly List<IRenderable> _appendix = [];

    /// <summary>Carries out a step, and notes its code, what came of it, the statements it took and the time.</summary>
    /// <param name="database">The database it speaks to; null for both.</param>
    /// <param name="step">The step.</param>
    /// <param name="describe">What to say of the result.</param>
    /// <param name="code">The step as it is written, which the compiler fills in: what is printed is what was run.</param>
    public async Task<T> ShowAsync<T>(
        Database? database, Func<Task<T>> step, Func<T, Outcome> describe, [CallerArgumentExpression(nameof(step))] string code = "")
        => (await MeasureAsync(database, step, describe, code)).Result;

    /// <inheritdoc cref="ShowAsync{T}(Database?, Func{Task{T}}, Func{T, Outcome}, string)"/>
    public Task<T> ShowAsync<T>(
        Database? database, Func<ValueTask<T>> step, Func<T, Outcome> describe, [CallerArgumentExpression(nameof(step))] string code = "")
        => ShowAsync(database, () => step().AsTask(), describe, code);

    /// <summary>Carries out a step as <see cref="ShowAsync{T}(Database?, Func{Task{T}}, Func{T, Outcome}, string)"/> does, and tells what it took.</summary>
    public async Task<Measurement<T>> MeasureAsync<T>(
        Database? database, Func<Task<T>> step, Func<T, Outcome> describe, [CallerArgumentExpression(nameof(step))] string code = "")
    {
        using var statements = StatementCounter.Start();
        var started = Stopwatch.GetTimestamp();
        var result = await step();
        var time = Stopwatch.GetElapsedTime(started);
        _table.Add(database, code, describe(result), statements.Count, time);
        return new Measurement<T>(result, statements.Count, time);
    }

    /// <summary>Carries out a step that has to fail, and notes with what.</summary>
    /// <exception cref="InvalidOperationException">It did not fail so.</exception>
    public Task<TException> ShowFailureAsync<TException>(
        Database? database, Func<Task> step, Func<TException, Outcome> describe, [CallerArgumentExpression(nameof(step))] string code = "")
        where TException : Exception
        => ShowAsync(database, () => Failure.OfAsync<TException>(step), describe, code);

    /// <summary>Says why the chapter has no steps this time.</summary>
    public void Skip(string reason) => Append(new Text($"Skipped: {reason}\n"));

    /// <summary>Shows something below the steps.</summary>
    public void Append(IRenderable shown) => _appendix.Add(shown);

    public ValueTask DisposeAsync()
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{Markup.Escape(title)}[/]").LeftJustified());
        console.WriteLine(about);
        if (!_table.IsEmpty)
        {
            console.Write(_table.Render());
        }

        _appendix.ForEach(console.Write);
        return ValueTask.CompletedTask;
    }
}
