namespace DualDb.Caching;

/// <summary>
/// When rows of a table were last written, as far as this node knows. What is found by something other than the key holds rows that other nodes may have moved away from there: their
/// message may still be under way when this node writes such a row again. Its entry then falls by the row, since nobody here knows of the place.
/// </summary>
internal sealed class RowStamps
{
    // Rows share a stamp, the latest of theirs: what falls for another's sake is loaded anew, which is never wrong.
    private const int Stripes = 4_096;

    private readonly long[] _stamps = new long[Stripes];
    private long _last;
    private volatile bool _areOfEntries;

    /// <summary>Whether entries of every kind have their places here, not only rows: those of users do, since nobody knows of all their keys.</summary>
    public bool AreOfEntries => _areOfEntries;

    /// <summary>The stamp of the last write; what begins now is at least as new.</summary>
    public long Last => Volatile.Read(ref _last);

    public static int PlaceOf(CacheAddress row) => (int)((uint)row.GetHashCode() % Stripes);

    /// <summary>Gives entries of every kind a place from now on.</summary>
    public void TakeEntries() => _areOfEntries = true;

    /// <summary>A row was written.</summary>
    public void Touch(CacheAddress row)
    {
        // Never back to the lower one of two stamps at once: a reading may have begun between them.
        ref var place = ref _stamps[PlaceOf(row)];
        var stamp = Interlocked.Increment(ref _last);
        var known = Volatile.Read(ref place);
        while (stamp > known)
        {
            var seen = Interlocked.CompareExchange(ref place, stamp, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }

    /// <summary>Whether one of the rows was written after a stamp.</summary>
    public bool WereTouched(ReadOnlySpan<int> places, long since)
    {
        foreach (var place in places)
        {
            if (Volatile.Read(ref _stamps[place]) > since)
            {
                return true;
            }
        }

        return false;
    }
}
