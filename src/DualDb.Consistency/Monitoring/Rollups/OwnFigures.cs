using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>
/// What this node has measured: into the piece of the shortest window that is open, and from there, when it ends, into those of the longer ones. All pieces that a window still shows are here, also while the home database is away.
/// </summary>
/// <param name="now">When it begins.</param>
internal sealed class OwnFigures(DateTimeOffset now)
{
    private static readonly WindowPieces Shortest = WindowPieces.Of(KpiWindow.Minute);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, Figures>[] _pieces = [.. WindowPieces.Windows.Select(static _ => new SortedDictionary<DateTimeOffset, Figures>())];
    private readonly HashSet<(KpiWindow Window, DateTimeOffset BeganAt)> _unwritten = [];
    private volatile Figures _open = new();
    private DateTimeOffset _openedAt = Shortest.BeginOf(now);

    /// <summary>Where to measure now.</summary>
    public Figures Open => _open;

    /// <summary>Who measures: another one when the time of the pieces has been set anew, so that no piece is written over.</summary>
    public Guid Node { get; private set; } = Guid.CreateVersion7();

    /// <summary>Closes the open piece, if its time is over.</summary>
    /// <returns>Whether it was closed.</returns>
    public bool Advance(DateTimeOffset now)
    {
        lock (_lock)
        {
            var began = Shortest.BeginOf(now);
            if (began == _openedAt)
            {
                return false;
            }

            Close();
            _openedAt = began;
            foreach (var window in WindowPieces.Windows)
            {
                Forget(window, WindowPieces.Of(window).FirstOf(now));
            }

            return true;
        }
    }

    /// <summary>The time is another from here on. What was not written yet counts as measured now: under the former time nobody would find it.</summary>
    public void Restart(DateTimeOffset time)
    {
        lock (_lock)
        {
            Close();
            _openedAt = Shortest.BeginOf(time);
            foreach (var (_, began) in _unwritten.Where(static key => key.Window == KpiWindow.Minute))
            {
                _open.Add(_pieces[(int)KpiWindow.Minute][began]);
            }

            _unwritten.Clear();
            foreach (var pieces in _pieces)
            {
                pieces.Clear();
            }

            Node = Guid.CreateVersion7();
        }
    }

    /// <summary>Takes closed pieces, and those of longer windows as far as they have come, that have not been written yet.</summary>
    public IReadOnlyList<Rollup> TakeUnwritten()
    {
        lock (_lock)
        {
            List<Rollup> taken = [.. _unwritten.Select(key => new Rollup(key.Window, key.BeganAt, _pieces[(int)key.Window][key.BeganAt]))];
            _unwritten.Clear();
            return taken;
        }
    }

    /// <summary>They could not be written.</summary>
    public void PutBack(IEnumerable<Rollup> rollups)
    {
        lock (_lock)
        {
            _unwritten.UnionWith(rollups.Select(static rollup => (rollup.Window, rollup.BeganAt)).Where(key => _pieces[(int)key.Window].ContainsKey(key.BeganAt)));
        }
    }

    /// <summary>The pieces of a window, the open one included.</summary>
    public IReadOnlyList<Rollup> Of(KpiWindow window, DateTimeOffset now)
    {
        lock (_lock)
        {
            var first = WindowPieces.Of(window).FirstOf(now);
            var open = new Rollup(window, WindowPieces.Of(window).BeginOf(now), _open);
            return [.. _pieces[(int)window].Where(piece => piece.Key >= first).Select(piece => new Rollup(window, piece.Key, piece.Value)), open];
        }
    }

    private void Close()
    {
        var closed = Interlocked.Exchange(ref _open, new Figures());
        if (closed.IsEmpty)
        {
            return;
        }

        foreach (var window in WindowPieces.Windows)
        {
            var began = WindowPieces.Of(window).BeginOf(_openedAt);
            if (_pieces[(int)window].TryGetValue(began, out var piece))
            {
                piece.Add(closed);
            }
            else
            {
                _pieces[(int)window][began] = window == KpiWindow.Minute ? closed : Copy(closed);
            }

            _unwritten.Add((window, began));
        }
    }

    private void Forget(KpiWindow window, DateTimeOffset first)
    {
        foreach (var began in _pieces[(int)window].Keys.TakeWhile(began => began < first).ToList())
        {
            _pieces[(int)window].Remove(began);
            _unwritten.Remove((window, began));
        }
    }

    private static Figures Copy(Figures figures)
    {
        var copy = new Figures();
        copy.Add(figures);
        return copy;
    }
}
