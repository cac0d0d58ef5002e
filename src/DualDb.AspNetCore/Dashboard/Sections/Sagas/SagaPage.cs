using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sagas;

namespace DualDb.AspNetCore.Dashboard.Sections.Sagas;

/// <summary>One saga: how it stands, and what was tried, page by page.</summary>
internal sealed class SagaPage(SagaOperations sagas, ShownData data, SagaActions actions)
{
    private const int PageSize = 100;

    public IReadOnlyList<DashboardPart> Parts(string saga, string id, PageQuery query)
    {
        var after = ParseAfter(query.Text("after", 600));
        return
        [
            DashboardPart.Of("saga", SagaTexts.One, token => sagas.HeadAsync(saga, id, token), ShowHead),
            DashboardPart.Of(
                "timeline",
                SagaTexts.Timeline,
                token => sagas.TimelineAsync(saga, id, after, PageSize, token),
                (page, context) => Html.Of($"{page.Unread.Select(database => Html.Of($"""<p class="failure" data-missing="{database.ToString().ToLowerInvariant()}">{context.Say(FrameTexts.PartMissing, database)}</p>"""))}{ShowTimeline(saga, page, after is null ? null : query.With("sagas", ("after", null)), last => query.With("sagas", ("after", last)), context)}")),
        ];
    }

    private static SagaAttempt? ParseAfter(string? text)
        => text is null ? null
            : text.Split('~', 4) is [var ticks, var attempt, var kind, var step] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
                && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && kind is "s" or "c"
                ? new SagaAttempt { Step = step, Attempt = number, IsCompensation = kind is "c", State = "", StartedAt = new DateTimeOffset(at, TimeSpan.Zero) }
                : throw new BadRequestValueException("after", "the place of an attempt in the timeline");

    private Html ShowHead(SagaDetails? details, PartContext context)
    {
        if (details is null)
        {
            return Html.Of($"""<p class="none" data-empty="saga">{context.Say(SagaTexts.None)}</p>""");
        }

        var saga = details.Summary;
        return Html.Of($"""
            <dl class="facts" data-saga="{saga.Saga}" data-id="{saga.Id}" data-state="{saga.State.ToString()}"><dt>{context.Say(SagaTexts.Saga)}</dt><dd>{saga.Saga}</dd><dt>{context.Say(SagaTexts.Id)}</dt><dd>{saga.Id}</dd>
            <dt>{context.Say(SharedTexts.State)}</dt><dd>{Widgets.Badge(SagaWords.ToneOf(saga.State), context.Say(SagaWords.Of(saga.State)))}</dd><dt>{context.Say(SagaTexts.CreatedAt)}</dt><dd>{Widgets.Time(saga.CreatedAt)}</dd>
            <dt>{context.Say(SagaTexts.Deadline)}</dt><dd>{Widgets.Time(saga.Deadline, Html.Of($"-"))}</dd><dt>{context.Say(SagaTexts.FinishedAt)}</dt><dd>{Widgets.Time(saga.FinishedAt, Html.Of($"-"))}</dd>
            <dt>{context.Say(SagaTexts.Node)}</dt><dd>{saga.Node ?? "-"}</dd></dl>
            {Html.When(saga.Error is not null, $"""<p class="failure" data-fact="error">{saga.FailedStep} {context.Said(saga.Error)}</p>""")}
            {actions.Forms(context, saga)}
            <h3>{context.Say(SagaTexts.Input)}</h3>{ShownData.Code(data.SagaInput(saga.Saga, details.Input))}
            {Html.When(details.Result is not null, $"""<h3>{context.Say(SagaTexts.Result)}</h3>{(details.Result is { } result ? ShownData.Code(data.SagaResult(saga.Saga, result)) : default)}""")}
            <h3>{context.Say(SagaTexts.Audit)}</h3>{ShowAudit(details.Audit, context)}
            <p><a href="{context.Link("/sagas")}">{context.Say(FrameTexts.Back)}</a></p>
            """);
    }

    private static Html ShowAudit(IReadOnlyList<SagaAudit> audit, PartContext context)
        => audit.Count == 0
            ? Html.Of($"""<p class="none">{context.Say(SagaTexts.NoAudit)}</p>""")
            : Widgets.Table(context, SagaTexts.Audit, [SharedTexts.When, SharedTexts.Who, SharedTexts.What, SagaTexts.Step, SharedTexts.Why], [.. audit.TakeLast(PageSize).Reverse().Select(entry => Html.Of($"""
                <tr data-audit="{entry.Action}"><td>{Widgets.Time(entry.At)}</td><td>{entry.Who}</td><td>{context.Term(entry.Action)}</td><td>{entry.Step}</td><td class="words">{entry.Reason}</td></tr>
                """))]);

    private Html ShowTimeline(string saga, SagaTimelinePage page, string? first, Func<string, string> next, PartContext context)
        => page.Attempts.Count == 0
            ? Html.Of($"""<p class="none" data-empty="timeline">{context.Say(SagaTexts.NoTimeline)}</p>""")
            : Html.Of($"""
                <p class="note">{context.Say(SagaTexts.InputNote)}</p>
                {Widgets.Table(context, SagaTexts.Timeline, [SagaTexts.Step, SagaTexts.Attempt, SharedTexts.State, SharedTexts.When, SagaTexts.Took, SagaTexts.Result, SharedTexts.Error, SagaTexts.Node], [.. page.Attempts.Select(attempt => Row(saga, attempt, context))])}
                {KeysetPager.Show(context, "timeline", first, page.HasMore ? next(AfterOf(page.Attempts[^1])) : null)}
                """);

    private Html Row(string saga, SagaAttempt attempt, PartContext context)
    {
        var tone = attempt.State switch { "succeeded" => Tone.Good, "failed" or "unanswered" => Tone.Bad, _ => Tone.Plain };
        return Html.Of($"""
            <tr data-step="{attempt.Step}" data-state="{attempt.State}" data-kind="{(attempt.IsCompensation ? "compensation" : "step")}"><td>{attempt.Step}{Html.When(attempt.IsCompensation, $" ({context.Say(SagaTexts.Undo)})")}</td><td class="number">{attempt.Attempt}</td>
            <td>{Widgets.Badge(tone, context.TermText(attempt.State))}</td><td>{Widgets.Time(attempt.StartedAt)}</td><td class="number">{(attempt.EndedAt is { } end && end >= attempt.StartedAt ? Widgets.Duration(end - attempt.StartedAt) : "-")}</td>
            <td class="words">{Html.When(attempt.Result is not null, $"<code>{(attempt.Result is { } result ? data.StepResult(saga, attempt.Step, result) : "")}</code>")}</td><td class="words">{context.Said(attempt.Error)}</td><td>{attempt.Node}</td></tr>
            """);
    }

    private static string AfterOf(SagaAttempt attempt) => string.Create(CultureInfo.InvariantCulture, $"{attempt.StartedAt.UtcTicks}~{attempt.Attempt}~{(attempt.IsCompensation ? "c" : "s")}~{attempt.Step}");
}
