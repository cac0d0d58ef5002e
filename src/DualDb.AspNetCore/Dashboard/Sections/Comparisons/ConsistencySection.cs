using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.AspNetCore.Dashboard.Sections.Comparisons;

/// <summary>Comparisons of both sides: all that are kept, and one down to the row, with its repair.</summary>
internal sealed class ConsistencySection : IDashboardSection
{
    private const int PageSize = 25;

    private readonly DatabaseSync _sync;
    private readonly BackgroundWork _work;
    private readonly DashboardAction _verify;
    private readonly RunPage _page;

    public ConsistencySection(DatabaseSync sync, ShownData data, BackgroundWork work)
    {
        (_sync, _work, _page) = (sync, work, new RunPage(sync, data, work));
        _verify = new DashboardAction("verify", ConsistencyTexts.Verify, form => MapOf(form) ?? "*", (form, _) => Task.FromResult(Verification.Start(sync, work, MapOf(form), form.Actor))) { NeedsReason = false };
    }

    public string Path => "consistency";

    public Text Title => ConsistencyTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => [_verify, _page.Repair];

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        if (query.Number("run", 1) is { } run)
        {
            return _page.Parts(run, query);
        }

        var before = query.Number("before", 1);
        return
        [
            DashboardPart.Of(
                "runs",
                ConsistencyTexts.Runs,
                token => _sync.Verifications.ListBeforeAsync(before ?? long.MaxValue, PageSize + 1, token),
                (runs, context) => ShowRuns(runs, before is null ? null : query.With(Path, ("before", null)), last => query.With(Path, ("before", last)), context)) with { Database = Database.Supabase },
            _work.Part(),
        ];
    }

    private string? MapOf(ActionForm form)
        => form.Text("map") is not { } map ? null
            : _sync.Registry.Maps.Any(one => string.Equals(one.Name, map, StringComparison.Ordinal)) ? map
            : throw new BadRequestValueException("map", "the name of a map");

    private Html ShowRuns(IReadOnlyList<VerificationRun> runs, string? first, Func<string, string> next, PartContext context)
    {
        var page = runs.Take(PageSize).ToList();
        var form = context.Form(_verify, "runs", Widgets.Field(context.Say(SharedTexts.Map), Widgets.Select("map", [("", context.Say(FrameTexts.All)), .. _sync.Registry.Maps.Select(static map => (map.Name, map.Name))], "")));
        return page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="runs">{context.Say(ConsistencyTexts.NoRuns)}</p>{form}""")
            : Html.Of($"""
                {form}
                {Widgets.Table(
                    context,
                    ConsistencyTexts.Runs,
                    [ConsistencyTexts.Number, SharedTexts.When, ConsistencyTexts.Took, ConsistencyTexts.By, SharedTexts.State, ConsistencyTexts.Compared, ConsistencyTexts.MissingInTarget, ConsistencyTexts.MissingInSource, ConsistencyTexts.Different, ConsistencyTexts.Orphans, ConsistencyTexts.Repaired],
                    [.. page.Select(run => Row(run, context))])}
                {KeysetPager.Show(context, "runs", first, runs.Count > PageSize ? next(page[^1].Id.ToString(CultureInfo.InvariantCulture)) : null)}
                """);
    }

    private static Html Row(VerificationRun run, PartContext context)
        => Html.Of($"""
            <tr data-run="{run.Id}" data-consistent="{(run.IsConsistent ? "true" : "false")}"{Html.When(!run.IsConsistent, $""" class="bad" """)}><td><a href="{context.Link(string.Create(CultureInfo.InvariantCulture, $"/consistency?run={run.Id}"))}">{run.Id}</a></td>
            <td>{Widgets.Time(run.StartedAt)}</td><td class="number">{Widgets.Duration(run.Duration)}</td><td>{RunPage.By(run, context)}</td><td>{RunPage.Badge(run, context)}</td><td class="number">{run.Results.Sum(static result => result.SourceRows)}</td>
            <td class="number" data-count="missing-in-target">{run.Results.Sum(static result => result.MissingInTarget)}</td><td class="number" data-count="missing-in-source">{run.Results.Sum(static result => result.MissingInSource)}</td>
            <td class="number" data-count="different">{run.Results.Sum(static result => result.Different)}</td><td class="number" data-count="orphans">{run.Results.Sum(static result => result.Orphans)}</td>
            <td>{Html.When(run.RepairedAt is not null, $"{run.RepairedBy} ({run.RepairedRows ?? 0})")}</td></tr>
            """);
}
