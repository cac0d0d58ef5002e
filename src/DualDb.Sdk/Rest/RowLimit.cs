namespace DualDb.Rest;

/// <summary>
/// Whether an answer may have been cut off. A server may give at most so many rows per answer (<c>db-max-rows</c>, 1,000 on hosted projects) and
/// does not say so. But it gave as many before: an answer shorter than the longest one seen was not cut. One that is as long or longer may have
/// been, and is gone on with; that finds the limit, or raises what is known to be below it.
/// </summary>
internal sealed class RowLimit
{
    private int _longest;

    /// <summary>Whether rows may be missing behind an answer of so many; notes how many there were.</summary>
    public bool MayCut(int rows)
    {
        var known = Volatile.Read(ref _longest);
        if (rows < known || rows == 0)
        {
            return false;
        }

        while (rows > known && Interlocked.CompareExchange(ref _longest, rows, known) is var seen && seen != known)
        {
            known = seen;
        }

        return true;
    }
}
