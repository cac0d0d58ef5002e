namespace DualDb.Testing.Killing;

/// <summary>The last lines that a worker and those before it in its place have said, and who waits for one.</summary>
internal sealed class OutputTail(int limit)
{
    private const int LongestLine = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = [];
    private readonly List<(string Line, TaskCompletionSource Seen)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line.Length <= LongestLine ? line : line[..LongestLine] + "…");
            while (_lines.Count > limit)
            {
                _lines.Dequeue();
            }

            foreach (var (_, seen) in _waiting.Where(waiting => string.Equals(waiting.Line, line, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }

            _waiting.RemoveAll(static waiting => waiting.Seen.Task.IsCompleted);
        }
    }

    /// <summary>Completes when the line is said, from now on.</summary>
    public Task Expect(string line)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((line, seen));
        }

        return seen.Task;
    }

    /// <summary>Nothing more will be said: who waits is told so.</summary>
    public void End(Func<string, Exception> failure)
    {
        lock (_gate)
        {
            foreach (var (line, seen) in _waiting)
            {
                seen.TrySetException(failure(line));
            }

            _waiting.Clear();
        }
    }
}
