namespace DualDb.Rest;

/// <summary>
/// Whether an answer may have been cut off. A server may give at most so many rows per answer (<c>db-max-rows</c>, 1,000 on hosted projects) and
/// does not say so. But it gave as many before: an answer shorter than the longest one seen was not cut. One that is as long or longer may have
/// been, and is gone on with; that finds the limit, or raises what is known to be below it.
/// </summary>
/// <param name="timeProvider">The clock: what was learnt is forgotten after a while, since the limit can be lowered.</param>
internal sealed class RowLimit(TimeProvider timeProvider)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _longest;
    private long _learntAt;

    /// <summary>Whether rows may be missing behind an answer of so many; notes how many there were.</summary>
    public bool MayCut(int rows)
    {
        lock (_lock)
        {
            if (rows == 0 || (rows < _longest && timeProvider.GetElapsedTime(_learntAt) < Memory))
            {
                return false;
            }

            _longest = rows;
            _learntAt = timeProvider.GetTimestamp();
            return true;
        }
    }
}
