using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Overview;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Cache;

/// <summary>How much the cache answers, by level and by entity.</summary>
internal sealed class CacheSection : IDashboardSection
{
    private readonly DatabaseMonitoring _monitoring;
    private readonly DualDbCache _cache;
    private readonly DashboardAction _drop;

    public CacheSection(DatabaseMonitoring monitoring)
    {
        (_monitoring, _cache) = (monitoring, monitoring.Root.Cache);
        _drop = new DashboardAction("drop", CacheTexts.Drop, NameOf, DropAsync);
    }

    public string Path => "cache";

    public Text Title => CacheTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => [_drop];

    public IReadOnlyList<DashboardPart> Parts(PageQuery query) =>
    [
        DashboardPart.Of("levels", CacheTexts.Levels, token => _monitoring.KpisAsync(KpiWindow.Hour, token), (report, context) => ShowLevels(report, _cache.GetStatistics(), context)) with { Database = _monitoring.Home.Kind },
        DashboardPart.Of("entities", CacheTexts.Entities, _cache.GetStatistics, ShowEntities),
    ];

    private static Html ShowLevels(KpiReport report, CacheStatistics statistics, PartContext context)
    {
        return Html.Of($"""
            <p class="note">{context.Say(CacheTexts.LevelsNote)}</p>
            {KpiText.Completeness(report, context)}
            <div class="cards">
            <div class="card" id="level-memory"><h3>{context.Say(CacheTexts.Memory)}</h3><dl class="facts">
            <dt>{context.Say(CacheTexts.HitRate)}</dt><dd data-fact="rate">{Rate("memory")}</dd>
            <dt>{context.Say(CacheTexts.Entries)}</dt><dd>{Widgets.Number(statistics.Entries)}</dd>
            <dt>{context.Say(CacheTexts.Size)}</dt><dd>{Widgets.Share(statistics.SizeLimit > 0 ? (double)statistics.Size / statistics.SizeLimit : 0)}</dd>
            <dt>{context.Say(CacheTexts.Dropped)}</dt><dd>{Widgets.Number(statistics.MemoryDropped)}</dd></dl></div>
            <div class="card" id="level-redis"><h3>{context.Say(CacheTexts.Redis)} {Redis(statistics.Redis, context)}</h3><dl class="facts">
            <dt>{context.Say(CacheTexts.HitRate)}</dt><dd data-fact="rate">{Rate("redis")}</dd>
            <dt>{context.Say(CacheTexts.Owed)}</dt><dd>{Widgets.Number(statistics.InvalidationsOwed)}</dd></dl></div>
            </div>
            """);

        string Rate(string level) => KpiText.Value(KpiKind.CacheHitRate, report.Find(KpiKind.CacheHitRate, level)?.Value);
    }

    private static Html Redis(RedisState state, PartContext context) => state switch
    {
        RedisState.Connected => Widgets.Badge(Tone.Good, context.Say(CacheTexts.Connected)),
        RedisState.Disconnected => Widgets.Badge(Tone.Bad, context.Say(CacheTexts.Disconnected)),
        RedisState.Connecting => Widgets.Badge(Tone.Warning, context.Say(CacheTexts.Connecting)),
        _ => Widgets.Badge(Tone.Plain, context.Say(CacheTexts.NoRedis)),
    };

    private Html ShowEntities(CacheStatistics statistics, PartContext context)
        => Html.Of($"""
            <p class="note">{context.Say(CacheTexts.EntitiesNote)}</p>
            {Widgets.Table(
                context,
                CacheTexts.Entities,
                [CacheTexts.Name, CacheTexts.HitRate, CacheTexts.MemoryHits, CacheTexts.RedisHits, CacheTexts.Misses, CacheTexts.Loads, CacheTexts.FailedLoads, CacheTexts.Stale, CacheTexts.Evictions, CacheTexts.Acting],
                [.. statistics.Entities.OrderBy(static entity => entity.Name, StringComparer.Ordinal).Select(entity => ShowEntity(entity, context))])}
            """);

    private Html ShowEntity(CacheEntityStatistics entity, PartContext context)
    {
        var reads = entity.MemoryHits + entity.RedisHits + entity.Misses;
        var form = context.Form(_drop, entity.Name, Html.Of($"""<p class="note">{context.Say(CacheTexts.DropNote, entity.Name)}</p><input type="hidden" name="entity" value="{entity.Name}">"""));
        return Html.Of($"""
            <tr data-entity="{entity.Name}"><td>{entity.Name}</td><td class="number">{(reads == 0 ? "-" : Widgets.Share((double)(entity.MemoryHits + entity.RedisHits) / reads))}</td>
            <td class="number">{Widgets.Number(entity.MemoryHits)}</td><td class="number">{Widgets.Number(entity.RedisHits)}</td><td class="number">{Widgets.Number(entity.Misses)}</td><td class="number">{Widgets.Number(entity.Loads)}</td>
            <td class="number">{Widgets.Number(entity.FailedLoads)}</td><td class="number">{Widgets.Number(entity.StaleServed)}</td><td class="number">{Widgets.Number(entity.Evictions)}</td><td>{form}</td></tr>
            """);
    }

    private string NameOf(ActionForm form)
        => form.Needed("entity") is var name && _cache.GetStatistics().Entities.Any(entity => string.Equals(entity.Name, name, StringComparison.Ordinal)) ? name : throw new BadRequestValueException("entity", "a cached entity or view");

    private async Task<ActionMessage> DropAsync(ActionForm form, CancellationToken cancellationToken)
    {
        var name = NameOf(form);
        await _cache.InvalidateNamedAsync(name, cancellationToken).ConfigureAwait(false);
        return new ActionMessage(CacheTexts.WasDropped, name);
    }
}
