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

    /// <summary>A generation that is full is over sooner: what is sent anew would not be seen otherwise.</summary>
    private static readonly TimeSpan ShortestGeneration = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<(Database Database, string Sql), Statement> _now = new(Place.Comparer);
    private ConcurrentDictionary<(Database Database, string Sql), Statement> _before = new(Place.Comparer);
    private long _begun = clock.GetTimestamp();

    // The dictionary's own count takes all its locks.
    private int _count;

    public void Add(Database database, in CallName call, double seconds)
    {
        var statements = _now;
        if (!statements.TryGetValue((database, call.Sql), out var statement))
        {
            if (Volatile.Read(ref _count) >= Limit)
            {
                return;
            }


            var first = new Statement(database, call);
            statement = statements.GetOrAdd((database, call.Sql), first);
            if (ReferenceEquals(statement, first))
            {
                Interlocked.Increment(ref _count);
            }
        }

        statement.Add(seconds);
    }

    /// <summary>Begins a new generation where it is time.</summary>
    public void Age()
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_begun) is var age && (age >= Generation || (age >= ShortestGeneration && Volatile.Read(ref _count) >= Limit)))
            {
                _begun = clock.GetTimestamp();
                _before = _now;
                Volatile.Write(ref _count, 0);
                _now = new ConcurrentDictionary<(Database Database, string Sql), Statement>(Place.Comparer);
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
                    .GroupBy(static statement => (statement.Database, statement.Call.Sql), Place.Comparer)
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

        public Database Database => database;

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
    }

    /// <summary>A statement in one of the databases: the same text may be quick in one and slow in the other.</summary>
    private sealed class Place : IEqualityComparer<(Database Database, string Sql)>
    {
        public static readonly Place Comparer = new();

        public bool Equals((Database Database, string Sql) x, (Database Database, string Sql) y) => x.Database == y.Database && StatementText.Comparer.Equals(x.Sql, y.Sql);

        public int GetHashCode((Database Database, string Sql) obj) => (StatementText.Comparer.GetHashCode(obj.Sql) * 31) + (int)obj.Database;
    }
}
