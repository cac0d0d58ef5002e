namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>
/// How often which durations occurred, so that quantiles can be told and sketches of several nodes and times add up. A bucket is 1 % wide, so that a quantile is off by half a percent at most (DDSketch, Masson et al., VLDB 2019).
/// </summary>
internal sealed class DurationSketch
{
    private const int PageSize = 64;
    private const int Pages = 34;
    private const double Shortest = 1e-6;

    private static readonly double Width = Math.Log(1.01);

    // Most durations of one thing lie near each other: a few pages hold them.
    private readonly long[]?[] _pages = new long[]?[Pages];

    /// <summary>How many durations there are.</summary>
    public long Count => Buckets().Sum(static bucket => bucket.Count);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Array.TrueForAll(_pages, static page => page is null);

    /// <summary>Notes a duration, in seconds. From any thread, without a lock.</summary>
    public void Add(double seconds) => Add(BucketOf(seconds), 1);

    public void Add(int bucket, long count)
    {
        bucket = Math.Clamp(bucket, 0, (Pages * PageSize) - 1);
        var page = Volatile.Read(ref _pages[bucket / PageSize]) ?? CreatePage(bucket / PageSize);
        Interlocked.Add(ref page[bucket % PageSize], count);
    }

    public void Add(DurationSketch other)
    {
        foreach (var (bucket, count) in other.Buckets())
        {
            Add(bucket, count);
        }
    }

    /// <summary>The buckets that are not empty, the shortest duration first.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets()
    {
        for (var number = 0; number < Pages; number++)
        {
            if (Volatile.Read(ref _pages[number]) is not { } page)
            {
                continue;
            }

            for (var place = 0; place < PageSize; place++)
            {
                if (Volatile.Read(ref page[place]) is > 0 and var count)
                {
                    yield return ((number * PageSize) + place, count);
                }
            }
        }
    }

    /// <summary>The duration in seconds that a share of all does not exceed; null where there is none. By nearest rank.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public double? Quantile(double share)
    {
        List<(int Bucket, long Count)> buckets = [.. Buckets()];
        var rank = (long)Math.Ceiling(share * buckets.Sum(static bucket => bucket.Count));
        foreach (var (bucket, count) in buckets)
        {
            rank -= count;
            if (rank <= 0)
            {
                return Middle(bucket);
            }
        }

        return null;
    }

    /// <summary>How many took longer than that.</summary>
    public long CountAbove(double seconds)
    {
        var limit = BucketOf(seconds);
        return Buckets().Where(bucket => bucket.Bucket > limit).Sum(static bucket => bucket.Count);
    }

    private static int BucketOf(double seconds) => seconds <= Shortest ? 0 : (int)Math.Ceiling(Math.Log(seconds / Shortest) / Width);

    private static double Middle(int bucket) => Shortest * Math.Exp((bucket - 0.5) * Width);

    private long[] CreatePage(int number)
    {
        var page = new long[PageSize];
        return Interlocked.CompareExchange(ref _pages[number], page, null) ?? page;
    }
}
