namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Keeps an answer that is dear for a while, whoever looks. A failure is not kept.</summary>
internal sealed class Remembered<T>(TimeProvider time, TimeSpan lasting)
    where T : class
{
    private (T Answer, long At)? _kept;

    /// <summary>The answer, no older than that.</summary>
    public async Task<T> AskAsync(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_kept is { } kept && time.GetElapsedTime(kept.At) < lasting)
        {
            return kept.Answer;
        }

        var answer = await ask(cancellationToken).ConfigureAwait(false);
        _kept = (answer, time.GetTimestamp());
        return answer;
    }

    /// <summary>Has it asked anew the next time.</summary>
    public void Forget() => _kept = null;
}
