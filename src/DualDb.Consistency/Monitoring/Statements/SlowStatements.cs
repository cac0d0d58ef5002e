using System.Collections.Concurrent;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Diagnostics.Calls;

namespace DualDb.Consistency.Monitoring.Statements;

/// <summary>How each statement does. Two generations: the older one is forgotten every half hour.</summary>
/// <param name="clock">This node's clock.</param>
internal sealed class SlowStatements(TimeProvider clock)
{
    /// <summary>So many statements are told apart; texts that are made up anew each time must not fill the memory.</summary>
    private const int Limit = 1000;

    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<string, Statement> _now = new(StatementText.Comparer);
    private ConcurrentDictionary<string, Statement> _before = new(StatementText.Comparer);
    private long _begun = clock.GetTimestamp();

    public void Add(Database database, in CallName call, double seconds)
    {
        var statements = _now;
        if (!statements.TryGetValue(call.Sql, out var statement))
        {
            if (statements.Count >= Limit)
            {
                return;
            }

            statement = statements.GetOrAdd(call.Sql, static (_, first) => new Statement(first.Database, first.Call), (Database: database, Call: call));
        }

        statement.Add(seconds);
    }

    /// <summary>Begins a new generation where it is time.</summary>
    public void Age()
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_begun) >= Generation)
            {
                _begun = clock.GetTimestamp();
                _before = _now;
                _now = new ConcurrentDictionary<string, Statement>(StatementText.Comparer);
            }
        }
    }

    /// <summary>The statements that took the most time in all, those first.</summary>
    public IReadOnlyList<StatementFigures> List(int limit)
    {
        lock (_lock)
        {
            return
            [
                .. _before.Values.Concat(_now.Values)
                    .GroupBy(static statement => statement.Call.Sql, StatementText.Comparer)
                    .Select(static same => Statement.Tell([.. same]))
                    .OrderByDescending(static figures => figures.Total)
                    .Take(limit),
            ];
        }
    }

    private sealed class Statement(Database database, CallName call)
    {
        private readonly DurationSketch _durations = new();
        private readonly Sum _total = new();
        private double _longest;

        public CallName Call => call;

        public void Add(double seconds)
        {
            _durations.Add(seconds);
            _total.Add(seconds);
            if (seconds > Volatile.Read(ref _longest))
            {
                // Of two at once, one may be lost: it was nearly as long.
                Volatile.Write(ref _longest, seconds);
            }
        }

        public static StatementFigures Tell(IReadOnlyList<Statement> same)
        {
            var durations = new DurationSketch();
            foreach (var one in same)
            {
                durations.Add(one._durations);
            }

            var (name, kind) = (same[0].Call, same[0].Database);
            return new StatementFigures(
                kind, name.Subject, name.Operation, name.Sql, durations.Count,
                TimeSpan.FromSeconds(same.Sum(static one => one._total.Value)), TimeSpan.FromSeconds(durations.Quantile(0.95) ?? 0), TimeSpan.FromSeconds(same.Max(static one => one._longest)));
        }

        private Database Database => database;
    }
}
