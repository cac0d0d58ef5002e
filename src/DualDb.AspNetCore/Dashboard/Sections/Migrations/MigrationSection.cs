using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Migrations;

namespace DualDb.AspNetCore.Dashboard.Sections.Migrations;

/// <summary>The migrations over both databases, the runs that were made, and where the schemas differ from the model.</summary>
/// <param name="runner">The migrations.</param>
/// <param name="inspect">Compares both schemas with the model.</param>
/// <param name="time">How long a comparison of schemas is remembered goes by this.</param>
/// <param name="work">Does what takes longer than a request.</param>
internal sealed class MigrationSection(MigrationRunner runner, Func<CancellationToken, Task<DriftReport>> inspect, TimeProvider time, BackgroundWork work) : IDashboardSection
{
    private const int PageSize = 25;

    /// <summary>It reads the whole catalogue of both databases.</summary>
    private readonly Remembered<DriftReport> _drift = new(time, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    /// <summary>What waits is run, and rolled back: nothing is applied from here. Migrations are applied by whoever deploys.</summary>
    private readonly DashboardAction _dryRun = new("dry-run", MigrationTexts.DryRun, static _ => "all that waits", (form, _) => Task.FromResult(work.Start("dry run", form.Actor, (_, token) => TryAsync(runner, token))));

    public string Path => "migrations";

    public IReadOnlyList<DashboardAction> Actions => [_dryRun];

    public Text Title => MigrationTexts.Title;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        var before = ParseBefore(query.Text("before"));
        return
        [
            DashboardPart.Of("plan", MigrationTexts.Plan, runner.StatusAsync, (status, context) => Html.Of($"{MigrationPlanView.Show(status, context)}{Html.When(status.Pending > 0, $"{context.Form(_dryRun, "plan", default)}")}")),
            DashboardPart.Of(
                "runs",
                MigrationTexts.Runs,
                token => runner.RunsBeforeAsync(before, PageSize + 1, token),
                (runs, context) => ShowRuns(runs, before is null ? null : query.With(Path, ("before", null)), last => query.With(Path, ("before", last)), context)),
            DashboardPart.Of("drift", MigrationTexts.Drift, token => _drift.AskAsync(inspect, token), ShowDrift),
            work.Part(),
        ];
    }

    private static async Task<string> TryAsync(MigrationRunner runner, CancellationToken cancellationToken)
    {
        var plan = await runner.PlanAsync(cancellationToken).ConfigureAwait(false);
        var tried = await runner.DryRunAsync(plan, cancellationToken).ConfigureAwait(false);
        var skipped = tried.NotRun.Count == 0 ? "" : $"; not tried: {string.Join(", ", tried.NotRun.Select(static one => one.Statement is { } statement ? string.Create(CultureInfo.InvariantCulture, $"statement {statement} of {one.Id}") : one.Id.ToString()))}";
        return tried.Tried.Count == 0 && skipped.Length == 0 ? "nothing waits" : $"can be applied, and was rolled back: {string.Join(", ", tried.Tried)}{skipped}";
    }

    private static (DateTimeOffset, Guid)? ParseBefore(string? text)
        => text is null ? null
            : text.Split('~', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, CultureInfo.InvariantCulture, out var run)
                ? (new DateTimeOffset(at, TimeSpan.Zero), run)
                : throw new BadRequestValueException("before", "the place of a run");

    private static Html ShowRuns(IReadOnlyList<MigrationRunRecord> runs, string? first, Func<string, string> next, PartContext context)
    {
        var page = runs.Take(PageSize).ToList();
        return page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="runs">{context.Say(MigrationTexts.NoRuns)}</p>""")
            : Html.Of($"""
                {Widgets.Table(context, MigrationTexts.Runs, [SharedTexts.When, MigrationTexts.Finished, MigrationTexts.Way, SharedTexts.State, SharedTexts.Who, MigrationTexts.Starts, MigrationTexts.Migration, SharedTexts.Error], [.. page.Select(run => Row(run, context))])}
                {KeysetPager.Show(context, "runs", first, runs.Count > PageSize ? next(string.Create(CultureInfo.InvariantCulture, $"{page[^1].StartedAt.UtcTicks}~{page[^1].RunId}")) : null)}
                """);
    }

    private static Html Row(MigrationRunRecord run, PartContext context)
    {
        var (tone, words) = run.State switch
        {
            MigrationRunState.Succeeded => (Tone.Good, MigrationTexts.Succeeded),
            MigrationRunState.Failed => (Tone.Bad, MigrationTexts.Failed),
            MigrationRunState.Compensating => (Tone.Bad, MigrationTexts.Compensating),
            MigrationRunState.Compensated => (Tone.Warning, MigrationTexts.Compensated),
            _ => (Tone.Warning, MigrationTexts.Running),
        };
        return Html.Of($"""
            <tr data-run="{run.RunId.ToString()}" data-state="{run.State.ToString()}"><td>{Widgets.Time(run.StartedAt)}</td><td>{Widgets.Time(run.FinishedAt, Html.Of($"-"))}</td><td>{context.Say(run.IsDown ? MigrationTexts.Down : MigrationTexts.Up)}</td>
            <td>{Widgets.Badge(tone, context.Say(words))}</td><td>{run.Actor}</td><td class="number">{run.Starts}</td><td class="words">{string.Join(", ", run.Migrations)}</td><td class="words">{context.Said(run.Error)}</td></tr>
            """);
    }

    private static Html ShowDrift(DriftReport report, PartContext context)
        => Html.Of($"""
            {(report.Differences.Count == 0
                ? Html.Of($"""<p class="none" data-empty="drift">{Widgets.Badge(Tone.Good, context.Say(MigrationTexts.NoDrift))}</p>""")
                : Widgets.Table(context, MigrationTexts.Drift, [MigrationTexts.Severity, SharedTexts.Database, MigrationTexts.Subject, MigrationTexts.Message], [.. report.Differences.Select(one => Html.Of($"""
                    <tr data-drift="{one.Kind.ToString()}" data-severity="{one.Severity.ToString()}"><td>{Severity(one.Severity, context)}</td><td>{one.Database.ToString()}</td><td>{one.Subject}</td><td class="words">{context.Said(one.Message)}</td></tr>
                    """))]))}
            {report.Notes.Select(note => Html.Of($"""<p class="note">{context.Say(MigrationTexts.Uncompared, note.Database)} {context.Said(note.Message)}</p>"""))}
            """);

    private static Html Severity(DriftSeverity severity, PartContext context) => severity switch
    {
        DriftSeverity.Error => Widgets.Badge(Tone.Bad, context.Say(MigrationTexts.Error)),
        DriftSeverity.Warning => Widgets.Badge(Tone.Warning, context.Say(MigrationTexts.Warning)),
        _ => Widgets.Badge(Tone.Plain, context.Say(MigrationTexts.Remark)),
    };
}
