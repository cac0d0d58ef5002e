using System.Collections.Concurrent;
using System.Diagnostics;
using DualDb.Diagnostics.Calls;

namespace DualDb.Consistency.Monitoring.Statements;

/// <summary>Finds statements that one trace sends over and over: what a request should have asked for at once. Without an activity around the calls, nobody can say what belongs together.</summary>
/// <param name="threshold">From how many on.</param>
/// <param name="clock">This node's clock.</param>
internal sealed class LoopDetection(int threshold, TimeProvider clock)
{
    private const int Places = 1024;
    private const int Limit = 200;

    // Each trace and statement has a place; another one that has the same takes it. What is counted is never too high.
    private readonly Counted[] _places = [.. Enumerable.Range(0, Places).Select(static _ => new Counted())];
    private readonly ConcurrentDictionary<(string Sql, string? Where), Loop> _found = [];

    /// <summary>Knows what calls are made for; null where that is to be seen by their activities alone.</summary>
    public ICallOrigin? Origin { get; set; }

    public void Add(in CallName call)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return;
        }

        var trace = activity.TraceId.GetHashCode();
        var key = ((long)trace << 32) | (uint)StatementText.Comparer.GetHashCode(call.Sql);
        var place = _places[(uint)HashCode.Combine(key) % Places];
        long count;
        lock (place)
        {
            count = place.Key == key ? place.Count + 1 : 1;
            (place.Key, place.Count) = (key, count);
        }

        // Rows that are written one by one are no reads; only what was sent often is looked at further.
        if (count >= threshold && StatementText.IsRead(call.Sql))
        {
            Note(call, activity, count);
        }
    }

    /// <summary>What was found, the largest first.</summary>
    public IReadOnlyList<RepeatedReads> List()
        => [.. _found.Values.Select(static loop => loop.Tell()).OrderByDescending(static found => found.Most)];

    private void Note(in CallName call, Activity activity, long count)
    {
        var where = Origin?.Name ?? NameOf(activity);
        if (!_found.TryGetValue((call.Sql, where), out var loop))
        {
            MakeRoom();
            loop = _found.GetOrAdd((call.Sql, where), static (key, name) => new Loop(name, key.Where), call);
        }

        loop.Add(isNew: count == threshold, count, clock.GetUtcNow());
    }

    private static string? NameOf(Activity activity)
    {
        var origin = activity;
        while (origin.Parent is { } parent)
        {
            origin = parent;
        }

        // Our own activity alone says nothing of who called.
        return string.Equals(origin.Source.Name, DualDbTelemetry.SourceName, StringComparison.Ordinal) ? null : origin.DisplayName;
    }

    // What was seen longest ago makes room: it may be mended since.
    private void MakeRoom()
    {
        if (_found.Count >= Limit)
        {
            _found.TryRemove(_found.MinBy(static one => one.Value.LastAt).Key, out _);
        }
    }

    private sealed class Counted
    {
        public long Key { get; set; }

        public long Count { get; set; }
    }

    private sealed class Loop(CallName call, string? where)
    {
        private readonly Lock _lock = new();
        private long _traces;
        private long _most;
        private DateTimeOffset _lastAt;

        public DateTimeOffset LastAt
        {
            get
            {
                lock (_lock)
                {
                    return _lastAt;
                }
            }
        }

        public void Add(bool isNew, long count, DateTimeOffset now)
        {
            lock (_lock)
            {
                _traces += isNew ? 1 : 0;
                _most = Math.Max(_most, count);
                _lastAt = now;
            }
        }

        public RepeatedReads Tell()
        {
            lock (_lock)
            {
                return new RepeatedReads(call.Subject, call.Operation, call.Sql, where, _traces, _most, _lastAt);
            }
        }
    }
}
