namespace DualDb.Browser.Tests.Clicks;

/// <summary>Every action of the dashboard by its route, with a click and a look at what came of it.</summary>
internal static class AllClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new[]
    {
        AlertClicks.ByRoute, CacheClicks.ByRoute, SyncClicks.ByRoute, ConflictClicks.ByRoute, ComparisonClicks.ByRoute, OutboxClicks.ByRoute, SagaClicks.ByRoute, MigrationClicks.ByRoute, LanguageClicks.ByRoute,
    }.SelectMany(static clicks => clicks).ToDictionary(StringComparer.Ordinal);
}
