using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.AspNetCore.Dashboard.Sections.Comparisons;

/// <summary>One comparison: what it found, a row of that on both sides, what a repair would do, and the repair.</summary>
internal sealed class RunPage
{
    private const int PageSize = 100;

    private readonly DatabaseSync _sync;
    private readonly ShownData _data;
    private readonly BackgroundWork _work;

    public RunPage(DatabaseSync sync, ShownData data, BackgroundWork work)
    {
        (_sync, _data, _work) = (sync, data, work);
        Repair = new DashboardAction("repair", ConsistencyTexts.Repair, static form => string.Create(CultureInfo.InvariantCulture, $"{RunOf(form)}, {TruthOf(form)}"), (form, _) => Task.FromResult(StartRepair(form)));
    }

    public DashboardAction Repair { get; }

    public IReadOnlyList<DashboardPart> Parts(long id, PageQuery query)
    {
        var row = query.Number("row", 1, int.MaxValue);
        var truth = query.Choice<RepairTruth>("plan");
        var after = query.Number("after", 1, int.MaxValue);
        var name = query.Text("name");
        var parts = new List<DashboardPart> { DashboardPart.Of("run", ConsistencyTexts.One, token => _sync.Verifications.FindAsync(id, token), (run, context) => ShowRun(run, query, context)) };
        if (row is { } number)
        {
            parts.Add(DashboardPart.Of("row", ConsistencyTexts.Row, token => ReadRowAsync(id, (int)number, token), ShowRow));
        }

        if (truth is { } right)
        {
            parts.Add(DashboardPart.Of("plan", ConsistencyTexts.Plan, token => PlanAsync(id, right, token), (plan, context) => ShowPlan(id, right, plan, context)));
        }

        parts.Add(DashboardPart.Of(
            "differences",
            ConsistencyTexts.Differences,
            token => _sync.Verifications.DifferencesAsync(id, name, (int)(after ?? 0), PageSize, token),
            (differences, context) => ShowDifferences(differences, query, after is null ? null : query.With("consistency", ("after", null)), context)));
        parts.Add(_work.Part());
        return parts;
    }

    public static Html By(VerificationRun run, PartContext context) => run.Reason switch
    {
        VerificationReason.Asked => Html.Of($"{run.Actor}"),
        VerificationReason.Scheduled => Html.Of($"{context.Say(ConsistencyTexts.Scheduled)}"),
        _ => Html.Of($"{context.Say(ConsistencyTexts.Counted)}"),
    };

    public static Html Badge(VerificationRun run, PartContext context)
        => run.IsConsistent ? Widgets.Badge(Tone.Good, context.Say(ConsistencyTexts.Equal)) : Widgets.Badge(Tone.Bad, context.Say(ConsistencyTexts.Differ));

    private static long RunOf(ActionForm form) => form.NeededNumber("run", 1);

    private static RepairTruth TruthOf(ActionForm form) => form.Choice<RepairTruth>("truth") ?? throw new BadRequestValueException("truth", "source or target");

    private ActionMessage StartRepair(ActionForm form)
    {
        var (id, options, actor) = (RunOf(form), new RepairOptions { Truth = TruthOf(form), InsertOnly = form.Text("insert-only") is not null }, form.Actor);
        return _work.Start(
            string.Create(CultureInfo.InvariantCulture, $"repair {id}"),
            actor,
            async (_, token) =>
            {
                try
                {
                    var actions = await _sync.Verifications.RepairAsync(id, actor, map: null, options, token).ConfigureAwait(false);
                    return string.Join(", ", actions.GroupBy(static action => action.Action, StringComparer.Ordinal).Select(static group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal)) is { Length: > 0 } done ? done : "nothing";
                }
                catch (Exception refused) when (refused is NotSupportedException or ArgumentException)
                {
                    throw new WorkRefusedException(refused.Message);
                }
            });
    }

    private async Task<(KeptDifference? Difference, RowComparison? Row)> ReadRowAsync(long id, int number, CancellationToken cancellationToken)
    {
        var found = await _sync.Verifications.DifferencesAsync(id, name: null, number - 1, 1, cancellationToken).ConfigureAwait(false);
        return found is not [var difference] || difference.Number != number ? (null, null)
            : difference.Kind is null || !_sync.Registry.Maps.Any(map => string.Equals(map.Name, difference.Name, StringComparison.Ordinal)) ? (difference, null)
            : (difference, await _sync.Verifications.RowAsync(difference.Name, difference.Key, cancellationToken).ConfigureAwait(false));
    }

    /// <returns>Null where the target's rows cannot be taken.</returns>
    private async Task<IReadOnlyList<RepairAction>?> PlanAsync(long id, RepairTruth truth, CancellationToken cancellationToken)
    {
        try
        {
            return await _sync.Verifications.RepairAsync(id, "dashboard", map: null, new RepairOptions { Truth = truth, DryRun = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static Html ShowRun(VerificationRun? run, PageQuery query, PartContext context)
        => run is null
            ? Html.Of($"""<p class="none" data-empty="run">{context.Say(ConsistencyTexts.None)}</p>""")
            : Html.Of($"""
                <dl class="facts" data-run="{run.Id}"><dt>{context.Say(SharedTexts.When)}</dt><dd>{Widgets.Time(run.StartedAt)}</dd><dt>{context.Say(ConsistencyTexts.Took)}</dt><dd>{Widgets.Duration(run.Duration)}</dd><dt>{context.Say(ConsistencyTexts.By)}</dt><dd>{By(run, context)}</dd>
                <dt>{context.Say(SharedTexts.State)}</dt><dd>{Badge(run, context)}</dd><dt>{context.Say(ConsistencyTexts.Repaired)}</dt><dd>{Widgets.Time(run.RepairedAt, Html.Of($"-"))} {run.RepairedBy}</dd></dl>
                {Widgets.Table(
                    context,
                    ConsistencyTexts.One,
                    [ConsistencyTexts.Of, SharedTexts.Source, SharedTexts.Target, ConsistencyTexts.MissingInTarget, ConsistencyTexts.MissingInSource, ConsistencyTexts.Different, ConsistencyTexts.Orphans, ConsistencyTexts.Notes],
                    [.. run.Results.Select(result => Html.Of($"""
                        <tr data-result="{result.Name}"><td><a href="{context.Link(query.With("consistency", ("name", result.Name), ("after", null)))}">{result.Name}</a></td><td class="number">{result.SourceRows}</td><td class="number">{result.TargetRows}</td><td class="number">{result.MissingInTarget}</td>
                        <td class="number">{result.MissingInSource}</td><td class="number">{result.Different}</td><td class="number">{result.Orphans}</td><td class="words">{Notes(result, context)}</td></tr>
                        """))])}
                {Html.When(run.Results.Any(static result => result.Differences > 0), $"""
                    <ul class="choices"><li><a id="try-source" href="{context.Link(query.With("consistency", ("plan", "source")))}">{context.Say(ConsistencyTexts.TrySource)}</a></li><li><a id="try-target" href="{context.Link(query.With("consistency", ("plan", "target")))}">{context.Say(ConsistencyTexts.TryTarget)}</a></li></ul>
                    """)}
                <p><a href="{context.Link("/consistency")}">{context.Say(FrameTexts.Back)}</a></p>
                """);

    private static Html Notes(VerificationResult result, PartContext context)
        => Html.Of($"""
            {Html.When(result.InFlight > 0, $"<div>{context.Say(ConsistencyTexts.InFlight, result.InFlight)}</div>")}{Html.When(result.IsPartial, $"<div>{context.Say(ConsistencyTexts.Partial)}</div>")}
            {Html.When(!result.IsConfirmed, $"<div>{context.Say(ConsistencyTexts.Unconfirmed)}</div>")}{result.Faults.Select(fault => Html.Of($"<div>{context.Said(fault)}</div>"))}
            """);

    private Html ShowDifferences(IReadOnlyList<KeptDifference> differences, PageQuery query, string? first, PartContext context)
        => differences.Count == 0
            ? Html.Of($"""<p class="none" data-empty="differences">{context.Say(ConsistencyTexts.NoDifferences)}</p>{KeysetPager.Show(context, "differences", first, null)}""")
            : Html.Of($"""
                {Widgets.Table(context, ConsistencyTexts.Differences, [ConsistencyTexts.Of, SharedTexts.Key, ConsistencyTexts.Kind, SharedTexts.Why, SharedTexts.Show], [.. differences.Select(difference => Html.Of($"""
                    <tr data-difference="{difference.Number}" data-kind="{difference.Kind?.ToString() ?? "Orphan"}"><td>{difference.Name}</td><td><code>{KeyOf(difference)}</code></td><td>{KindOf(difference, context)}</td><td class="words">{context.Said(difference.Reason)}</td>
                    <td><a href="{context.Link(query.With("consistency", ("row", difference.Number.ToString(CultureInfo.InvariantCulture))))}">{context.Say(SharedTexts.Show)}</a></td></tr>
                    """))])}
                {KeysetPager.Show(context, "differences", first, differences.Count == PageSize ? query.With("consistency", ("after", differences[^1].Number.ToString(CultureInfo.InvariantCulture))) : null)}
                """);

    private Html ShowRow((KeptDifference? Difference, RowComparison? Row) read, PartContext context)
        => read.Difference is not { } difference ? Html.Of($"""<p class="none" data-empty="row">{context.Say(ConsistencyTexts.RowGone)}</p>""")
            : read.Row is not { } row ? Html.Of($"""<p class="none" data-empty="row">{context.Say(ConsistencyTexts.NoImages)}</p>""")
            : Html.Of($"""
                <p>{difference.Name} <code>{KeyOf(difference)}</code></p>
                {Widgets.Table(context, ConsistencyTexts.Row, [SharedTexts.Column, SharedTexts.Difference, SharedTexts.Source, SharedTexts.Target], [.. row.Columns.Select(column => Html.Of($"""
                    <tr data-column="{column.Target}" data-differs="{(column.Differs ? "true" : "false")}"{Html.When(column.Differs, $""" class="warning" """)}><td>{column.Source ?? column.Target}</td><td>{Html.When(column.Differs, $"{Widgets.Badge(Tone.Warning, context.Say(SharedTexts.Difference))}")}</td>
                    <td class="words">{Side(row.IsInSource, row.Map, column.Source ?? column.Target, column.SourceValue, context)}</td><td class="words">{Side(row.IsInTarget, row.Map, column.Target, column.TargetValue, context)}</td></tr>
                    """))])}
                """);

    private Html Side(bool isThere, string map, string column, string? value, PartContext context)
        => isThere ? Html.Of($"{_data.Value(map, column, value)}") : Html.Of($"<i>{context.Say(SharedTexts.NoRow)}</i>");

    private Html ShowPlan(long id, RepairTruth truth, IReadOnlyList<RepairAction>? plan, PartContext context)
    {
        if (plan is null or [])
        {
            return Html.Of($"""<p class="none" data-empty="plan">{context.Say(plan is null ? ConsistencyTexts.NotTarget : ConsistencyTexts.NothingToDo)}</p>""");
        }

        var key = id.ToString(CultureInfo.InvariantCulture);
        var counts = plan.GroupBy(static action => (action.Difference.Map, action.Action)).OrderBy(static group => group.Key.Map, StringComparer.Ordinal).ThenBy(static group => group.Key.Action, StringComparer.Ordinal);
        return Html.Of($"""
            {Widgets.Table(context, ConsistencyTexts.Plan, [SharedTexts.Map, ConsistencyTexts.Would, ConsistencyTexts.Compared], [.. counts.Select(group => Html.Of($"""
                <tr data-map="{group.Key.Map}" data-would="{group.Key.Action}"><td>{group.Key.Map}</td><td>{context.Term(group.Key.Action)}</td><td class="number">{group.Count()}</td></tr>
                """))])}
            {context.Form(Repair, key, Html.Of($"""
                {Fields.Hidden("run", key)}{Fields.Hidden("truth", truth.ToString().ToLowerInvariant())}
                {Widgets.Field(context.Say(ConsistencyTexts.InsertOnly), Html.Of($"""<input type="checkbox" name="insert-only" value="1">"""))}
                """))}
            """);
    }

    private string KeyOf(KeptDifference difference) => difference.Kind is null ? _data.Orphan(difference.Name, difference.Key) : _data.RowKey(difference.Name, difference.Key);

    private static string KindOf(KeptDifference difference, PartContext context) => difference.Kind switch
    {
        DifferenceKind.MissingInTarget => context.Say(ConsistencyTexts.MissingInTarget),
        DifferenceKind.MissingInSource => context.Say(ConsistencyTexts.MissingInSource),
        DifferenceKind.Different => context.Say(ConsistencyTexts.Different),
        _ => context.Say(ConsistencyTexts.Orphan, difference.Rows ?? 0),
    };
}
