using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Operating;

namespace DualDb.AspNetCore.Dashboard.Sections.Sync;

/// <summary>How far each direction and each map is, and what was put aside.</summary>
internal sealed class SyncSection(DatabaseSync sync, ShownData data, BackgroundWork work) : IDashboardSection
{
    private const int PageSize = 50;

    private readonly SyncActions _actions = new(sync, work);

    public string Path => "sync";

    public Text Title => SyncTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => _actions.All;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        var map = query.Text("map");
        if (map is not null && !sync.Registry.Maps.Any(one => string.Equals(one.Name, map, StringComparison.Ordinal)))
        {
            throw new BadRequestValueException("map", "the name of a map");
        }

        var after = Place.Parse("after", query.Text("after"));
        return
        [
            DashboardPart.Of("directions", SyncTexts.Directions, sync.StatusAsync, ShowDirections),
            DashboardPart.Of("maps", SyncTexts.Maps, sync.MapsAsync, ShowMaps),
            DashboardPart.Of(
                "parked",
                SyncTexts.Parked,
                token => new ParkedChanges(sync).PageAsync(map, after?.ToPair(), PageSize + 1, token),
                (parked, context) => ShowParked(parked, map, after is null ? null : query.With(Path, ("after", null)), last => query.With(Path, ("after", last)), context)),
            work.Part(),
        ];
    }

    private Html ShowDirections(IReadOnlyList<SyncStatus> directions, PartContext context)
        => directions.Count == 0
            ? Html.Of($"""<p class="none" data-empty="directions">{context.Say(SyncTexts.NoDirections)}</p>""")
            : Widgets.Table(
                context,
                SyncTexts.Directions,
                [SyncTexts.ChangesOf, SyncTexts.Part, SharedTexts.State, SyncTexts.Pending, SyncTexts.Lag, SyncTexts.LastChange, SyncTexts.PutAside, SyncTexts.Trouble, SharedTexts.Actions],
                [.. directions.OrderBy(static direction => direction.Stopped is null).Select(direction => Html.Of($"""
                    <tr data-direction="{Place.Word(direction.Source)}" data-part="{direction.Part}" data-stopped="{(direction.Stopped is null ? "false" : "true")}"{Html.When(direction.Stopped is not null, $""" class="bad" """)}><td>{direction.Source.ToString()}</td><td class="number">{direction.Part}</td>
                    <td>{StateOf(direction, context)}</td><td class="number" data-count="pending">{direction.Pending}</td><td class="number">{Widgets.Duration(direction.OldestAge)}</td><td>{Widgets.Time(direction.LastChangeAt, Html.Of($"-"))}</td>
                    <td class="number">{direction.Parked}</td><td class="words">{context.Said(direction.Stopped ?? direction.Fault)}</td><td>{Html.When(direction.Stopped is not null && direction.Part == 0, $"{_actions.ResumeForm(context, direction.Source)}")}</td></tr>
                    """))]);

    private static Html StateOf(SyncStatus direction, PartContext context)
        => direction.Stopped is not null ? Widgets.Badge(Tone.Bad, context.Say(SyncTexts.Stopped))
            : direction.IsHeld ? Widgets.Badge(Tone.Good, context.Say(SyncTexts.Going))
            : Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Nobody));

    private Html ShowMaps(IReadOnlyList<SyncMapStatus> maps, PartContext context)
        => maps.Count == 0
            ? Html.Of($"""<p class="none" data-empty="maps">{context.Say(SyncTexts.NoMaps)}</p>""")
            : Widgets.Table(
                context,
                SyncTexts.Maps,
                [SharedTexts.Map, SharedTexts.Source, SharedTexts.Target, SyncTexts.Way, SharedTexts.State, SyncTexts.Pending, SyncTexts.Lag, SyncTexts.PutAside, SyncTexts.OpenConflicts, SharedTexts.Actions],
                [.. maps.Select(map => Html.Of($"""
                    <tr data-map="{map.Map}" data-paused="{(map.Pauses.Count > 0 ? "true" : "false")}"><td>{map.Map}</td><td>{map.Source.ToString()}</td><td>{map.Target.ToString()}</td>
                    <td>{context.Say(map.Direction == SyncDirection.TwoWay ? SyncTexts.TwoWay : SyncTexts.OneWay)}{Html.When(map.Direction == SyncDirection.TwoWay, $", {context.Say(SyncTexts.Policy)} {context.TermText(map.OnConflict.ToString())}")}</td><td>{StateOf(map, context)}</td>
                    <td class="number" data-count="pending">{map.Pending}</td><td class="number">{Widgets.Duration(map.OldestAge)}</td>
                    <td class="number" data-count="parked"><a href="{context.Link("/sync?map=" + Uri.EscapeDataString(map.Map))}">{map.Parked}</a></td>
                    <td class="number" data-count="conflicts"><a href="{context.Link("/conflicts?map=" + Uri.EscapeDataString(map.Map))}">{map.OpenConflicts}</a></td><td>{_actions.MapForms(context, map)}</td></tr>
                    """))]);

    private static Html StateOf(SyncMapStatus map, PartContext context)
        => map.Stopped is not null ? Widgets.Badge(Tone.Bad, context.Say(SyncTexts.Stopped))
            : map.Pauses is [var pause, ..] ? Html.Of($"""{Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Paused))} {context.Say(SyncTexts.PausedBy, pause.Actor, pause.Until?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture) ?? context.Say(SyncTexts.Resumption))}: {context.Said(pause.Reason)}""")
            : map.NeedsBackfill ? Widgets.Badge(Tone.Warning, context.Say(SyncTexts.NeedsBackfill))
            : map.IsBehind ? Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Behind))
            : Widgets.Badge(Tone.Good, context.Say(SyncTexts.InOrder));

    private Html ShowParked(IReadOnlyList<ParkedChange> parked, string? map, string? first, Func<string, string> next, PartContext context)
    {
        var page = parked.Take(PageSize).ToList();
        return page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="parked">{Widgets.Badge(Tone.Good, context.Say(SyncTexts.NoParked))}</p>""")
            : Html.Of($"""
                {_actions.RetryAllForm(context, map)}
                {Widgets.Table(context, SyncTexts.Parked, [SharedTexts.Map, SharedTexts.Key, SyncTexts.Row, SharedTexts.Error, SharedTexts.Attempts, SyncTexts.Since, SharedTexts.Actions], [.. page.Select(change => Row(change, context))])}
                {KeysetPager.Show(context, "parked", first, parked.Count > PageSize ? next(new Place(page[^1].Source, page[^1].Id).ToString()) : null)}
                """);
    }

    private Html Row(ParkedChange change, PartContext context)
    {
        var place = new Place(change.Source, change.Id).ToString();
        var row = change.Row is null || change.IsDeletion ? [] : data.Row(change.Map, change.Row);
        return Html.Of($"""
            <tr data-parked="{place}" data-map="{change.Map}"><td>{change.Map}</td><td><code>{data.RowKey(change.Map, change.Key)}</code></td>
            <td class="words">{(change.IsDeletion ? Html.Of($"{context.Say(SyncTexts.Deletion)}") : Html.Join(row.Select(static column => Html.Of($"<div><b>{column.Column}</b> {column.Value}</div>"))))}</td>
            <td class="words">{context.Said(change.Error)}</td><td class="number">{change.Attempts}</td><td>{Widgets.Time(change.ParkedAt)}</td><td>{_actions.ParkedForms(context, place)}</td></tr>
            """);
    }
}
