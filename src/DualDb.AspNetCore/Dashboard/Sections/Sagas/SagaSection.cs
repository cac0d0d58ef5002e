using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sagas;

namespace DualDb.AspNetCore.Dashboard.Sections.Sagas;

/// <summary>The sagas: what is under way or stopped, all of them page by page, and one with its timeline.</summary>
internal sealed class SagaSection(SagaOperations sagas, ShownData data, TimeProvider time) : IDashboardSection
{
    private const int PageSize = 50;

    private readonly SagaActions _actions = new(sagas);
    private readonly SagaPage _page = new(sagas, data, new SagaActions(sagas));

    public string Path => "sagas";

    public Text Title => SagaTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => _actions.All;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        var saga = query.Text("saga");
        if (query.Text("id") is { } id)
        {
            return _page.Parts(saga ?? throw new BadRequestValueException("saga", "given with an id"), id, query);
        }

        var older = query.Number("older", 0, 60L * 24 * 3650);
        var state = query.Choice<SagaState>("state");
        var isStuck = query.Text("stuck") is not null;
        var prefix = query.Text("prefix");
        var after = ParseAfter(query.Text("after", 600));
        return
        [
            DashboardPart.Of("counts", SagaTexts.Counts, sagas.CountsAsync, ShowCounts),
            DashboardPart.Of(
                "list",
                SagaTexts.List,
                token => sagas.ListAsync(
                    new SagaFilter { Saga = saga, States = state is { } one ? [one] : null, IdPrefix = prefix, IsStuck = isStuck, CreatedBefore = older is { } minutes ? time.GetUtcNow() - TimeSpan.FromMinutes(minutes) : null }, PageSize + 1, after, token),
                (list, context) => ShowList(list, (saga, state, prefix, older, isStuck), after is null ? null : query.With(Path, ("after", null)), last => query.With(Path, ("after", last)), context)),
        ];
    }

    // When it was started, and its names: what comes behind it is found though it may be gone itself.
    private static SagaSummary? ParseAfter(string? text)
        => text is null ? null
            : text.Split('~', 3) is [var ticks, var saga, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
                ? new SagaSummary { Saga = Uri.UnescapeDataString(saga), Id = id, State = SagaState.Running, CreatedAt = new DateTimeOffset(at, TimeSpan.Zero) }
                : throw new BadRequestValueException("after", "the place of a saga in the list");

    private static Html ShowCounts(IReadOnlyList<SagaCount> counts, PartContext context)
        => counts.Count == 0
            ? Html.Of($"""<p class="none" data-empty="sagas">{Widgets.Badge(Tone.Good, context.Say(SagaTexts.NoCounts))}</p>""")
            : Widgets.Table(
                context,
                SagaTexts.Counts,
                [SagaTexts.Saga, SharedTexts.State, SagaTexts.Count, SagaTexts.Oldest],
                [.. counts.OrderBy(static count => SagaWords.ToneOf(count.State) == Tone.Bad ? 0 : 1).Select(count => Html.Of($"""
                    <tr data-saga="{count.Saga}" data-state="{count.State.ToString()}"{Html.When(SagaWords.ToneOf(count.State) == Tone.Bad, $""" class="bad" """)}><td>{count.Saga}</td>
                    <td><a href="{context.Link($"/sagas?saga={Uri.EscapeDataString(count.Saga)}&state={count.State.ToString().ToLowerInvariant()}")}">{context.Say(SagaWords.Of(count.State))}</a></td>
                    <td class="number" data-count="sagas">{count.Count}</td><td>{Widgets.Time(count.OldestAt)}</td></tr>
                    """))]);

    private Html ShowList(IReadOnlyList<SagaSummary> list, (string? Saga, SagaState? State, string? Prefix, long? Older, bool IsStuck) filter, string? first, Func<string, string> next, PartContext context)
    {
        var page = list.Take(PageSize).ToList();
        var table = page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="list">{context.Say(SagaTexts.NoList)}</p>""")
            : Widgets.Table(
                context,
                SagaTexts.List,
                [SagaTexts.Saga, SagaTexts.Id, SharedTexts.State, SagaTexts.FailedStep, SharedTexts.Error, SagaTexts.Node, SagaTexts.CreatedAt, SagaTexts.FinishedAt],
                [.. page.Select(saga => Html.Of($"""
                    <tr data-saga="{saga.Saga}" data-id="{saga.Id}" data-state="{saga.State.ToString()}"><td>{saga.Saga}</td><td><a href="{context.Link(SagaWords.AddressOf(saga.Saga, saga.Id))}">{saga.Id}</a></td>
                    <td>{Widgets.Badge(SagaWords.ToneOf(saga.State), context.Say(SagaWords.Of(saga.State)))}</td><td>{saga.FailedStep}</td><td class="words">{context.Said(saga.Error)}</td><td>{saga.Node}</td>
                    <td>{Widgets.Time(saga.CreatedAt)}</td><td>{Widgets.Time(saga.FinishedAt, Html.Of($"-"))}</td></tr>
                    """))]);
        return Html.Of($"""
            {Fields.Filter(context, "sagas", Html.Of($"""
                {Widgets.Field(context.Say(SagaTexts.Saga), Widgets.Select("saga", [("", context.Say(FrameTexts.All)), .. sagas.Names.Select(static name => (name, name))], filter.Saga))}
                {Fields.Choice<SagaState>(context, SharedTexts.State, "state", filter.State, state => context.Say(SagaWords.Of(state)))}
                {Fields.Text(context, SagaTexts.Prefix, "prefix", filter.Prefix)}
                {Widgets.Field(context.Say(SagaTexts.Older), Html.Of($"""<input name="older" type="number" min="0" value="{filter.Older?.ToString(CultureInfo.InvariantCulture)}">"""))}
                {Widgets.Field(context.Say(SagaTexts.OnlyStuck), Html.Of($"""<input name="stuck" type="checkbox" value="1"{Html.When(filter.IsStuck, $" checked")}>"""))}
                """))}
            {table}{KeysetPager.Show(context, "list", first, list.Count > PageSize ? next(string.Create(CultureInfo.InvariantCulture, $"{page[^1].CreatedAt.UtcTicks}~{Uri.EscapeDataString(page[^1].Saga).Replace("~", "%7E", StringComparison.Ordinal)}~{page[^1].Id}")) : null)}
            """);
    }
}
