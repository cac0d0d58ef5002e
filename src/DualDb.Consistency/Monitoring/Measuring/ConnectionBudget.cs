using System.Diagnostics.Metrics;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>
/// How much of their connections this process has in use, by what Npgsql itself counts. The budget is what the pools may hold: behind a pooler the server's own limit says nothing.
/// </summary>
internal sealed class ConnectionBudget : IDisposable
{
    private const string Count = "db.client.connection.count", Most = "db.client.connection.max";

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Used, long Most)> _pools = new(StringComparer.Ordinal);

    public ConnectionBudget()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, "Npgsql", StringComparison.Ordinal) && instrument.Name is Count or Most)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>The share of a database's connections that are in use, from 0 to 1; null where no pool of it is open. Pools of several roots add up.</summary>
    public double? UsedOf(Database database) => Pools(database) is { Most: > 0 } pools ? (double)pools.Used / pools.Most : null;

    /// <summary>How many connections are in use, and how many may be held; 0 where no pool is open.</summary>
    public (long Used, long Most) Pools(Database database)
    {
        lock (_lock)
        {
            _pools.Clear();
            _listener.RecordObservableInstruments();
            return _pools.GetValueOrDefault(FigureNames.Of(database));
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (name, isUsed) = ("", false);
        foreach (var (key, tag) in tags)
        {
            name = key.EndsWith("pool.name", StringComparison.Ordinal) ? tag as string ?? "" : name;
            isUsed |= key.EndsWith("connection.state", StringComparison.Ordinal) && tag is "used";
        }

        // Called back on the thread that records, within the lock.
        var pool = _pools.GetValueOrDefault(name);
        _pools[name] = string.Equals(instrument, Most, StringComparison.Ordinal) ? pool with { Most = pool.Most + value } : isUsed ? pool with { Used = pool.Used + value } : pool;
    }
}
