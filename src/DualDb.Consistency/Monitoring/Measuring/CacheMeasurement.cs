namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>What the cache has answered since it was looked at last.</summary>
/// <param name="cache">The cache.</param>
internal sealed class CacheMeasurement(DualDbCache cache)
{
    private (long Memory, long Redis, long Misses) _told;

    public void AddTo(Figures figures)
    {
        var entities = cache.GetStatistics().Entities;
        var now = (Memory: entities.Sum(static one => one.MemoryHits), Redis: entities.Sum(static one => one.RedisHits), Misses: entities.Sum(static one => one.Misses));
        figures.AddSum(FigureNames.MemoryHits, now.Memory - _told.Memory);
        figures.AddSum(FigureNames.RedisHits, now.Redis - _told.Redis);
        figures.AddSum(FigureNames.Misses, now.Misses - _told.Misses);
        _told = now;
    }
}
