using System.Globalization;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>
/// Which transactions were read, in the form of PostgreSQL's snapshots: all below an end, but for some. A snapshot that the database gave stands for a moment; here transactions are added one by one, as they are decoded.
/// </summary>
internal sealed class SeenTransactions
{
    private readonly SortedSet<ulong> _missing;
    private ulong _end;

    private SeenTransactions(ulong end, IEnumerable<ulong> missing) => (_end, _missing) = (end, [.. missing]);

    /// <summary>How many below the end were not read: those that run, have failed, or wrote nothing that is logged.</summary>
    public int Missing => _missing.Count;

    /// <summary>The first that was not read, and none above it.</summary>
    public ulong End => _end;

    /// <summary>Reads a snapshot's text.</summary>
    public static SeenTransactions Parse(string snapshot)
    {
        var parts = snapshot.Split(':');
        return new SeenTransactions(Number(parts[1]), parts[2].Length == 0 ? [] : parts[2].Split(',').Select(Number));
    }

    public bool Contains(ulong transaction) => transaction < _end && !_missing.Contains(transaction);

    /// <summary>Whether another one has all of it.</summary>
    public bool IsWithin(SeenTransactions other) => _end <= other._end && other._missing.TakeWhile(transaction => transaction < _end).All(_missing.Contains);

    public void Add(ulong transaction)
    {
        for (; _end <= transaction; _end++)
        {
            _missing.Add(_end);
        }

        _missing.Remove(transaction);
    }

    /// <summary>What either has.</summary>
    public SeenTransactions Union(SeenTransactions other)
        => new(Math.Max(_end, other._end), _missing.Where(transaction => !other.Contains(transaction)).Concat(other._missing.Where(transaction => !Contains(transaction))));

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{(_missing.Count == 0 ? _end : _missing.Min)}:{_end}:{string.Join(',', _missing.Select(static transaction => transaction.ToString(CultureInfo.InvariantCulture)))}");

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
