using DualDb.Testing.Killing;

namespace DualDb.Testing;

/// <summary>
/// The record of writes on the writer's side: what it has begun, what it knows committed or rolled back, and what it cannot know. A test compares it with the database at the end. In memory, or in a
/// file that outlives the kill of its process: what is recorded when a member returns is recorded. Members may be called from any thread.
/// </summary>
/// <example><code>
/// ledger.Begin("order 7");
/// try { await PlaceAsync(7); ledger.Commit("order 7"); }
/// catch (CommitOutcomeUnknownException) { }                        // stays unknown
/// catch (DualDbException) { ledger.RollBack("order 7"); }
/// …
/// var comparison = ledger.Compare(await ReadAllAsync());
/// Assert.True(comparison.IsExact, comparison.ToString());
/// </code></example>
public sealed class Ledger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LedgerOutcome> _writes = new(StringComparer.Ordinal);
    private readonly LedgerFile? _file;

    /// <summary>A ledger in memory.</summary>
    public Ledger()
    {
    }

    private Ledger(LedgerFile file)
    {
        _file = file;
        foreach (var (write, outcome) in file.ReadAll())
        {
            _writes[write] = outcome;
        }
    }

    /// <summary>What is known of each write.</summary>
    public IReadOnlyDictionary<string, LedgerOutcome> Writes
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, LedgerOutcome>(_writes, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>
    /// Opens the ledger of a file, and goes on behind what is in it. A worker that takes the place of a killed one finds there how far that one came. One process at a time: give each worker a file of its
    /// own.
    /// </summary>
    /// <param name="path">The file; created where it is missing.</param>
    public static Ledger Open(string path) => new(LedgerFile.Open(path));

    /// <summary>One ledger in memory of what several hold, such as those of all workers.</summary>
    /// <param name="paths">The files; one that is missing counts as empty. They may be open elsewhere.</param>
    public static Ledger Read(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var ledger = new Ledger();
        ledger.Add(paths.SelectMany(LedgerFile.Read));
        return ledger;
    }

    /// <summary>A write is about to begin; until its outcome is recorded it is unknown.</summary>
    /// <param name="write">Its name, which the test finds again in the database: one line.</param>
    /// <exception cref="ArgumentException">The name is empty or has a line break, or the write was begun before.</exception>
    public void Begin(string write) => Record(write, LedgerOutcome.Unknown);

    /// <summary>The database has confirmed the commit.</summary>
    /// <param name="write">The name of a write that was begun.</param>
    /// <exception cref="ArgumentException">No such write was begun.</exception>
    public void Commit(string write) => Record(write, LedgerOutcome.Committed);

    /// <summary>It was certainly not committed.</summary>
    /// <param name="write">The name of a write that was begun.</param>
    /// <exception cref="ArgumentException">No such write was begun.</exception>
    public void RollBack(string write) => Record(write, LedgerOutcome.RolledBack);

    /// <summary>Takes over what another ledger holds.</summary>
    /// <param name="other">The other.</param>
    public void Add(Ledger other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Add(other.Writes);
    }

    /// <summary>Compares with what the database holds.</summary>
    /// <param name="found">The names of what is there, each as often as it is there.</param>
    public LedgerComparison Compare(IEnumerable<string> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var counts = found.CountBy(static write => write, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var writes = Writes;
        return new LedgerComparison(
            [.. writes.Where(write => write.Value == LedgerOutcome.Committed && !counts.ContainsKey(write.Key)).Select(static write => write.Key).Order(StringComparer.Ordinal)],
            [.. counts.Keys.Where(write => !writes.TryGetValue(write, out var outcome) || outcome == LedgerOutcome.RolledBack).Order(StringComparer.Ordinal)],
            [.. counts.Where(static write => write.Value > 1).Select(static write => write.Key).Order(StringComparer.Ordinal)],
            writes.Values.Count(static outcome => outcome == LedgerOutcome.Committed),
            writes.Values.Count(static outcome => outcome == LedgerOutcome.Unknown),
            writes.Count(write => write.Value == LedgerOutcome.Unknown && counts.ContainsKey(write.Key)));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    private void Add(IEnumerable<KeyValuePair<string, LedgerOutcome>> writes)
    {
        lock (_gate)
        {
            foreach (var (write, outcome) in writes)
            {
                _writes[write] = outcome;
            }
        }
    }

    private void Record(string write, LedgerOutcome outcome)
    {
        ArgumentException.ThrowIfNullOrEmpty(write);
        if (write.AsSpan().ContainsAny('\n', '\r'))
        {
            throw new ArgumentException("The name of a write has a line break: it is kept in one line.", nameof(write));
        }

        lock (_gate)
        {
            if (_writes.ContainsKey(write) == (outcome == LedgerOutcome.Unknown))
            {
                throw new ArgumentException($"The write '{write}' was {(outcome == LedgerOutcome.Unknown ? "begun before" : "not begun")}. Each has a name of its own, and is begun once.", nameof(write));
            }

            _file?.Append(write, outcome);
            _writes[write] = outcome;
        }
    }
}
