namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>
/// Keeps an answer that is dear for a while, whoever looks. It is asked once at a time, and asking goes on where those who wait give up: an answer that takes longer than a page may wait would otherwise be begun anew with each look, and never be there. Meanwhile the one before is told. A failure is not kept.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="lasting">How long an answer serves.</param>
/// <param name="patience">How long asking may take.</param>
internal sealed class Remembered<T>(TimeProvider time, TimeSpan lasting, TimeSpan patience)
    where T : class
{
    private readonly Lock _lock = new();
    private (T Answer, long At)? _kept;
    private Task<T>? _asking;
    private int _forgotten;

    /// <summary>The answer, no older than that; or the one before, while it is asked anew.</summary>
    public Task<T> AskAsync(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        Task<T> asking;
        lock (_lock)
        {
            if (_kept is { } fresh && time.GetElapsedTime(fresh.At) < lasting)
            {
                return Task.FromResult(fresh.Answer);
            }

            if (_asking is not { IsCompleted: false })
            {
                var forgotten = _forgotten;
                _asking = Task.Run(() => RunAsync(ask, forgotten), CancellationToken.None);
            }

            if (_kept is { } before)
            {
                return Task.FromResult(before.Answer);
            }

            asking = _asking;
        }

        return asking.WaitAsync(cancellationToken);
    }

    /// <summary>Has it asked anew the next time.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            (_kept, _asking) = (null, null);
            _forgotten++;
        }
    }

    private async Task<T> RunAsync(Func<CancellationToken, Task<T>> ask, int forgotten)
    {
        (T, long)? found = null;
        try
        {
            using var deadline = new CancellationTokenSource(patience, time);
            var answer = await ask(deadline.Token).ConfigureAwait(false);
            found = (answer, time.GetTimestamp());
            return answer;
        }
        finally
        {
            lock (_lock)
            {
                // Where it failed, whoever asks next is told so, and not what was so long ago.
                _kept = forgotten == _forgotten ? found : _kept;
            }
        }
    }
}
