using System.Globalization;
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

    /// <summary>In the place of a count that the database which is missing holds.</summary>
    private const string Unknown = "?";

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
            DashboardPart.Of("directions", SyncTexts.Directions, new DirectionStatuses(sync).KnownAsync, (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowDirections(known.Directions, context)}")),
            DashboardPart.Of("maps", SyncTexts.Maps, new MapStatuses(sync).KnownAsync, (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowMaps(known.Maps, [.. known.Missing.Select(static one => one.Database)], context)}")),
            DashboardPart.Of(
                "parked",
                SyncTexts.Parked,
                token => new ParkedChanges(sync).KnownPageAsync(map, after?.ToPair(), PageSize + 1, token),
                (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowParked(known.Changes, known.Missing.Count == 0, map, after is null ? null : query.With(Path, ("after", null)), last => query.With(Path, ("after", last)), context)}")),
            work.Part(),
        ];
    }

    private Html ShowDirections(IReadOnlyList<KnownDirection> directions, PartContext context)
        => directions.Count == 0
            ? Html.Of($"""<p class="none" data-empty="directions">{context.Say(SyncTexts.NoDirections)}</p>""")
            : Widgets.Table(
                context,
                SyncTexts.Directions,
                [SyncTexts.ChangesOf, SyncTexts.Part, SharedTexts.State, SyncTexts.Pending, SyncTexts.Lag, SyncTexts.LastChange, SyncTexts.PutAside, SyncTexts.Trouble, SharedTexts.Actions],
                [.. directions.OrderBy(static direction => direction.Status.Stopped is null).Select(direction => DirectionRow(direction.Status, direction.IsCounted, context))]);

    private Html DirectionRow(SyncStatus direction, bool isCounted, PartContext context)
        => Html.Of($"""
            <tr data-direction="{Place.Word(direction.Source)}" data-part="{direction.Part}" data-stopped="{(direction.Stopped is null ? "false" : "true")}"{Html.When(direction.Stopped is not null, $""" class="bad" """)}><td>{direction.Source.ToString()}</td><td class="number">{direction.Part}</td>
            <td>{StateOf(direction, context)}</td><td class="number" data-count="pending">{Count(direction.Pending, isCounted)}</td><td class="number">{(isCounted ? Widgets.Duration(direction.OldestAge) : Unknown)}</td><td>{Widgets.Time(direction.LastChangeAt, Html.Of($"-"))}</td>
            <td class="number">{direction.Parked}</td><td class="words">{context.Said(direction.Stopped ?? direction.Fault)}</td><td>{Html.When(direction.Stopped is not null && direction.Part == 0, $"{_actions.ResumeForm(context, direction.Source)}")}</td></tr>
            """);

    private static string Count(long count, bool isKnown) => isKnown ? count.ToString(CultureInfo.InvariantCulture) : Unknown;

    private static Html StateOf(SyncStatus direction, PartContext context)
        => direction.Stopped is not null ? Widgets.Badge(Tone.Bad, context.Say(SyncTexts.Stopped))
            : direction.IsHeld ? Widgets.Badge(Tone.Good, context.Say(SyncTexts.Going))
            : Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Nobody));

    private Html ShowMaps(IReadOnlyList<SyncMapStatus> maps, IReadOnlyList<Database> missing, PartContext context)
        => maps.Count == 0
            ? Html.Of($"""<p class="none" data-empty="maps">{context.Say(SyncTexts.NoMaps)}</p>""")
            : Widgets.Table(
                context,
                SyncTexts.Maps,
                [SharedTexts.Map, SharedTexts.Source, SharedTexts.Target, SyncTexts.Way, SharedTexts.State, SyncTexts.Pending, SyncTexts.Lag, SyncTexts.PutAside, SyncTexts.OpenConflicts, SharedTexts.Actions],
                [.. maps.Select(map => MapRow(map, missing, context))]);

    // What waits takes both databases to know; what was put aside lies in those that it was to be written to, and conflicts in the source.
    private Html MapRow(SyncMapStatus map, IReadOnlyList<Database> missing, PartContext context)
    {
        var (isWhole, hasSource, hasTarget) = (missing.Count == 0, !missing.Contains(map.Source.Database), !missing.Contains(map.Target.Database));
        return Html.Of($"""
            <tr data-map="{map.Map}" data-paused="{(map.Pauses.Count > 0 ? "true" : "false")}"><td>{map.Map}</td><td>{map.Source.ToString()}</td><td>{map.Target.ToString()}</td>
            <td>{context.Say(map.Direction == SyncDirection.TwoWay ? SyncTexts.TwoWay : SyncTexts.OneWay)}{Html.When(map.Direction == SyncDirection.TwoWay, $", {context.Say(SyncTexts.Policy)} {context.TermText(map.OnConflict.ToString())}")}</td><td>{StateOf(map, isWhole, context)}</td>
            <td class="number" data-count="pending">{Count(map.Pending, isWhole)}</td><td class="number">{(isWhole ? Widgets.Duration(map.OldestAge) : Unknown)}</td>
            <td class="number" data-count="parked"><a href="{context.Link("/sync?map=" + Uri.EscapeDataString(map.Map))}">{Count(map.Parked, hasTarget && (hasSource || map.Direction != SyncDirection.TwoWay))}</a></td>
            <td class="number" data-count="conflicts"><a href="{context.Link("/conflicts?map=" + Uri.EscapeDataString(map.Map))}">{Count(map.OpenConflicts, hasSource)}</a></td><td>{_actions.MapForms(context, map)}</td></tr>
            """);
    }

    private static Html StateOf(SyncMapStatus map, bool isWhole, PartContext context)
        => map.Stopped is not null ? Widgets.Badge(Tone.Bad, context.Say(SyncTexts.Stopped))
            : map.Pauses is [var pause, ..] ? Html.Of($"""{Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Paused))} {context.Say(SyncTexts.PausedBy, pause.Actor, pause.Until?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? context.Say(SyncTexts.Resumption))}: {context.Said(pause.Reason)}""")
            : map.NeedsBackfill ? Widgets.Badge(Tone.Warning, context.Say(SyncTexts.NeedsBackfill))
            : map.IsBehind ? Widgets.Badge(Tone.Warning, context.Say(SyncTexts.Behind))
            : isWhole ? Widgets.Badge(Tone.Good, context.Say(SyncTexts.InOrder))
            : Widgets.Badge(Tone.Plain, context.Say(SyncTexts.NotKnown));

    private Html ShowParked(IReadOnlyList<ParkedChange> parked, bool isWhole, string? map, string? first, Func<string, string> next, PartContext context)
    {
        var page = parked.Take(PageSize).ToList();
        return page.Count == 0
            ? Html.When(isWhole, $"""<p class="none" data-empty="parked">{Widgets.Badge(Tone.Good, context.Say(SyncTexts.NoParked))}</p>""")
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
