using System.Collections.Concurrent;
using System.Diagnostics;

namespace DualDb.Testing;

/// <summary>
/// Counts the statements that the code under test sends to PostgreSQL, so that a test can assert "one statement" instead of
/// a time. It listens to the activities that Npgsql itself reports, and to those of DualDb.Sdk's requests over REST, each of which is one statement; nothing in the code under test
/// changes.
/// </summary>
/// <example><code>
/// using var counter = StatementCounter.Start();
/// await db.Orders.FindManyAsync(keys, cancellationToken);
/// Assert.Equal(1, counter.Count);
/// </code></example>
/// <remarks>
/// <para>Counted is what is executed in the flow of the code that called <see cref="Start"/>: that code, what it awaits and the
/// tasks it starts from then on, on whatever thread. Tests that run at the same time do not disturb each other; work that
/// a task from before the start does on the code's behalf is not seen. Start it in the method that makes the calls: what
/// an awaited method changes about the flow ends with that method.</para>
/// <para>One command, one batch and one COPY each count as one, since each is one round trip. Not counted, because Npgsql does
/// not report them: begin (which travels with the next statement), commit, rollback, savepoints, explicit preparation, and
/// what Npgsql sends by itself to open a connection.</para>
/// <para>Counters can be nested: the inner one's statements count for the outer one too.</para>
/// </remarks>
public sealed class StatementCounter : IDisposable
{
    private static readonly string[] Sources = ["Npgsql", "DualDb.Rest"];
    private const string QueryText = "db.query.text";

    private static readonly AsyncLocal<StatementCounter?> Innermost = new();

    private readonly StatementCounter? _outer;
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _activities = new();

    private StatementCounter(StatementCounter? outer)
    {
        _outer = outer;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => Sources.Contains(source.Name, StringComparer.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => IsInFlow ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,

            // Asked again: an activity that any listener wants is reported to all of them.
            ActivityStarted = activity =>
            {
                if (IsInFlow)
                {
                    _activities.Enqueue(activity);
                }
            },
        };
    }

    /// <summary>How many statements were sent so far. Still to be read after <see cref="Dispose"/>.</summary>
    public int Count => Statements.Count;

    /// <summary>
    /// The SQL of the statements sent so far, in the order of their start; that of a batch is one text, joined by semicolons.
    /// </summary>
    /// <remarks>Npgsql names the text after it reports the start, and opening a connection has none: what has none is no statement.</remarks>
    public IReadOnlyList<string> Statements => [.. _activities.Select(activity => activity.GetTagItem(QueryText)).OfType<string>()];

    private bool IsInFlow
    {
        get
        {
            var counter = Innermost.Value;
            while (counter is not null && counter != this)
            {
                counter = counter._outer;
            }

            return counter is not null;
        }
    }

    /// <summary>Starts to count in the calling code's flow, until the counter is disposed of.</summary>
    public static StatementCounter Start()
    {
        var counter = new StatementCounter(Innermost.Value);
        Innermost.Value = counter;
        ActivitySource.AddActivityListener(counter._listener);
        return counter;
    }

    /// <summary>Stops counting.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        if (Innermost.Value == this)
        {
            Innermost.Value = _outer;
        }
    }
}
