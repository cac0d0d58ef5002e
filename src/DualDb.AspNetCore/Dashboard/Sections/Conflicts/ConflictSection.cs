using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.AspNetCore.Dashboard.Sections.Conflicts;

/// <summary>The conflicts: by pattern, one by one, and one with both images side by side.</summary>
internal sealed class ConflictSection(DatabaseSync sync, ShownData data, BackgroundWork work) : IDashboardSection
{
    private const int PageSize = 50;

    private readonly ConflictActions _actions = new(sync, work);

    public string Path => "conflicts";

    public Text Title => ConflictTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => _actions.All;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        if (Place.Parse("conflict", query.Text("conflict")) is { } place)
        {
            return [DashboardPart.Of("conflict", ConflictTexts.One, token => ReadAsync(place, token), ShowOne)];
        }

        var filter = new SyncConflictFilter { Map = query.Text("map"), Key = query.Text("key"), OpenOnly = query.Text("decided") is null };
        if (filter.Map is { } map && !sync.Registry.Maps.Any(one => string.Equals(one.Name, map, StringComparison.Ordinal)))
        {
            throw new BadRequestValueException("map", "the name of a map");
        }

        var after = Place.Parse("after", query.Text("after"));
        var patterns = query.Page("patterns");
        return
        [
            DashboardPart.Of(
                "patterns",
                ConflictTexts.Patterns,
                token => sync.Conflicts.KnownPatternsAsync(filter.Map, token),
                (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowPatterns(known.Patterns, known.Missing.Count == 0, patterns, page => query.With(Path, ("patterns", page.ToString(CultureInfo.InvariantCulture))), context)}")),
            DashboardPart.Of(
                "conflicts",
                ConflictTexts.List,
                token => sync.Conflicts.KnownPageAsync(filter, after?.ToPair(), PageSize + 1, token),
                (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowList(known.Conflicts, filter, after is null ? null : query.With(Path, ("after", null)), last => query.With(Path, ("after", last)), context)}")),
            work.Part(),
        ];
    }

    private async Task<ConflictComparison?> ReadAsync(Place place, CancellationToken cancellationToken)
        => await sync.Conflicts.FindAsync(place.Source, place.Id, cancellationToken).ConfigureAwait(false) is { } conflict && sync.Conflicts.SourceOf(conflict.Map) is not null ? sync.Conflicts.Compare(conflict) : null;

    private Html ShowPatterns(IReadOnlyList<ConflictPattern> patterns, bool isWhole, int page, Func<int, string> addressOf, PartContext context)
        => patterns.Count == 0
            ? Html.When(isWhole, $"""<p class="none" data-empty="patterns">{Widgets.Badge(Tone.Good, context.Say(ConflictTexts.NoPatterns))}</p>""")
            : WholeList.Show(context, patterns, page, addressOf, shown => Widgets.Table(
                context,
                ConflictTexts.Patterns,
                [SharedTexts.Map, ConflictTexts.Pattern, ConflictTexts.Count, ConflictTexts.Oldest, SharedTexts.Actions],
                [.. shown.Select((pattern, place) => Html.Of($"""
                    <tr data-map="{pattern.Map}" data-pattern="{pattern.Pattern}"><td>{pattern.Map}</td><td class="words">{pattern.Pattern}</td><td class="number" data-count="conflicts">{pattern.Count}</td><td>{Widgets.Time(pattern.Oldest)}</td>
                    <td>{_actions.PatternForms(context, pattern, place.ToString(CultureInfo.InvariantCulture))}</td></tr>
                    """))]));

    private Html ShowList(IReadOnlyList<StoredConflict> list, SyncConflictFilter filter, string? first, Func<string, string> next, PartContext context)
    {
        var page = list.Take(PageSize).ToList();
        var table = page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="conflicts">{context.Say(ConflictTexts.NoList)}</p>""")
            : Widgets.Table(
                context,
                ConflictTexts.List,
                [ConflictTexts.Number, SharedTexts.When, SharedTexts.Map, SharedTexts.Key, ConflictTexts.Policy, ConflictTexts.Winner, ConflictTexts.By],
                [.. page.Select(conflict => Html.Of($"""
                    <tr data-conflict="{PlaceOf(conflict)}" data-winner="{conflict.Winner.ToString()}"><td><a href="{context.Link("/conflicts?conflict=" + PlaceOf(conflict))}">{PlaceOf(conflict)}</a></td><td>{Widgets.Time(conflict.At)}</td><td>{conflict.Map}</td>
                    <td><code>{data.RowKey(conflict.Map, conflict.Key)}</code></td><td>{context.Term(conflict.Policy.ToString())}</td><td>{Badge(conflict, context)}</td><td>{conflict.ResolvedBy}</td></tr>
                    """))]);
        return Html.Of($"""
            {Fields.Filter(context, "conflicts", Html.Of($"""
                {Widgets.Field(context.Say(SharedTexts.Map), Widgets.Select("map", [("", context.Say(FrameTexts.All)), .. sync.Registry.Maps.Where(static map => map.Direction == SyncDirection.TwoWay).Select(static map => (map.Name, map.Name))], filter.Map))}
                {Fields.Text(context, SharedTexts.Key, "key", filter.Key)}
                {Widgets.Field(context.Say(ConflictTexts.Decided), Html.Of($"""<input name="decided" type="checkbox" value="1"{Html.When(!filter.OpenOnly, $" checked")}>"""))}
                """))}
            {table}{KeysetPager.Show(context, "conflicts", first, list.Count > PageSize ? next(PlaceOf(page[^1])) : null)}
            """);
    }

    private Html ShowOne(ConflictComparison? comparison, PartContext context)
    {
        if (comparison is null)
        {
            return Html.Of($"""<p class="none" data-empty="conflict">{context.Say(ConflictTexts.None)}</p>""");
        }

        var conflict = comparison.Conflict;
        return Html.Of($"""
            <dl class="facts" data-conflict="{PlaceOf(conflict)}" data-winner="{conflict.Winner.ToString()}"><dt>{context.Say(SharedTexts.Map)}</dt><dd>{conflict.Map}</dd><dt>{context.Say(SharedTexts.Key)}</dt><dd><code>{data.RowKey(conflict.Map, conflict.Key)}</code></dd>
            <dt>{context.Say(SharedTexts.When)}</dt><dd>{Widgets.Time(conflict.At)}</dd><dt>{context.Say(ConflictTexts.Policy)}</dt><dd>{context.Term(conflict.Policy.ToString())}</dd><dt>{context.Say(ConflictTexts.Winner)}</dt><dd>{Badge(conflict, context)} {conflict.ResolvedBy}</dd></dl>
            {Html.When(conflict.SourceRow is null, $"""<p class="note">{context.Say(ConflictTexts.DeletedInSource)}</p>""")}{Html.When(conflict.TargetAfter is null, $"""<p class="note">{context.Say(ConflictTexts.DeletedInTarget)}</p>""")}
            {Widgets.Table(context, ConflictTexts.One, [SharedTexts.Column, SharedTexts.Difference, SharedTexts.Source, ConflictTexts.Before, ConflictTexts.After, ConflictTexts.Result], [.. comparison.Columns.Select(column => Row(conflict.Map, column, context))])}
            {Html.When(conflict.Winner == ConflictWinner.Open, $"{_actions.Forms(context, comparison, PlaceOf(conflict))}")}
            <p><a href="{context.Link("/conflicts")}">{context.Say(FrameTexts.Back)}</a></p>
            """);
    }

    private Html Row(string map, ConflictColumn column, PartContext context)
        => Html.Of($"""
            <tr data-column="{column.Name}" data-differs="{(column.Differs ? "true" : "false")}"{Html.When(column.Differs, $""" class="warning" """)}><td>{column.Name}</td><td>{Html.When(column.Differs, $"{Widgets.Badge(Tone.Warning, context.Say(SharedTexts.Difference))}")}</td>
            <td class="words">{data.Value(map, column.Name, column.Source) ?? "-"}</td><td class="words">{data.Value(map, column.Name, column.TargetBefore) ?? "-"}</td><td class="words">{data.Value(map, column.Name, column.TargetAfter) ?? "-"}</td><td class="words">{data.Value(map, column.Name, column.Result) ?? "-"}</td></tr>
            """);

    private static Html Badge(StoredConflict conflict, PartContext context) => conflict.Winner switch
    {
        ConflictWinner.Open => Widgets.Badge(Tone.Warning, context.Say(ConflictTexts.Open)),
        ConflictWinner.Source => Widgets.Badge(Tone.Plain, context.Say(ConflictTexts.SourceWon)),
        ConflictWinner.Target => Widgets.Badge(Tone.Plain, context.Say(ConflictTexts.TargetWon)),
        _ => Widgets.Badge(Tone.Plain, context.Say(ConflictTexts.Merged)),
    };

    private string PlaceOf(StoredConflict conflict) => new Place(sync.Conflicts.SourceOf(conflict.Map) ?? Database.Neon, conflict.Id).ToString();
}
