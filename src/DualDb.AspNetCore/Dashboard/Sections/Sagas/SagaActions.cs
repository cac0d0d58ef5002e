using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sagas;

namespace DualDb.AspNetCore.Dashboard.Sections.Sagas;

/// <summary>What operators do to a saga. The journal keeps it too, with who and why.</summary>
internal sealed class SagaActions
{
    private const int LongestResult = 1024 * 1024;

    private readonly SagaOperations _sagas;

    public SagaActions(SagaOperations sagas)
    {
        _sagas = sagas;
        Resume = new DashboardAction("resume", SagaTexts.Resume, Target, (form, token) => DoAsync(form, SagaTexts.Resumed, (saga, id) => sagas.ResumeAsync(saga, id, form.Actor, form.Reason, token)));
        Compensate = new DashboardAction("compensate", SagaTexts.Compensate, Target, (form, token) => DoAsync(form, SagaTexts.Compensating, (saga, id) => sagas.CompensateAsync(saga, id, form.Actor, form.Reason, token)));
        Retry = OfStep("retry", SagaTexts.Retry, SagaTexts.Retried, (form, saga, id, step, token) => sagas.RetryStepAsync(saga, id, step, form.Actor, form.Reason, token));
        Skip = OfStep("skip", SagaTexts.Skip, SagaTexts.Skipped, (form, saga, id, step, token) => sagas.SkipStepAsync(saga, id, step, form.Actor, form.Reason, form.Text("result", LongestResult), token));
        SkipCompensation = OfStep("skip-compensation", SagaTexts.SkipUndo, SagaTexts.Skipped, (form, saga, id, step, token) => sagas.SkipCompensationAsync(saga, id, step, form.Actor, form.Reason, token));
    }

    public DashboardAction Resume { get; }

    public DashboardAction Retry { get; }

    public DashboardAction Skip { get; }

    public DashboardAction SkipCompensation { get; }

    public DashboardAction Compensate { get; }

    public IReadOnlyList<DashboardAction> All => [Resume, Retry, Skip, SkipCompensation, Compensate];

    /// <summary>The forms of what makes sense for a saga as it stands.</summary>
    public Html Forms(PartContext context, SagaSummary saga)
    {
        var steps = _sagas.StepsOf(saga.Saga);
        if (steps.Count == 0)
        {
            return default;
        }

        var same = Html.Of($"""{Fields.Hidden("saga", saga.Saga)}{Fields.Hidden("id", saga.Id)}""");
        var isAhead = saga.State is SagaState.Running or SagaState.Waiting or SagaState.Parked;
        var isBack = saga.State is SagaState.Compensating or SagaState.CompensationFailed or SagaState.Parked;
        var undone = steps.Where(static step => step.HasCompensation).ToList();
        return Html.Of($"""
            {Html.When(isAhead || isBack, $"{context.Form(Resume, "saga", same)}{context.Form(Retry, "saga", Html.Of($"{same}{Steps(steps, saga, context)}"))}")}
            {Html.When(isAhead, $"""{context.Form(Skip, "saga", Html.Of($"""{same}{Steps(steps, saga, context)}<label class="field wide"><span>{context.Say(SagaTexts.StepResult)}</span><textarea name="result" rows="4" spellcheck="false"></textarea></label>"""))}""")}
            {Html.When(isBack && undone.Count > 0, $"{context.Form(SkipCompensation, "saga", Html.Of($"{same}{Steps(undone, saga, context)}"))}")}
            {Html.When(isAhead || saga.State == SagaState.Completed, $"{context.Form(Compensate, "saga", same)}")}
            """);
    }

    private static Html Steps(IReadOnlyList<SagaStepInfo> steps, SagaSummary saga, PartContext context)
        => Widgets.Field(context.Say(SagaTexts.Step), Widgets.Select("step", steps.Select(static step => (step.Name, step.Name)), saga.FailedStep));

    private static string Target(ActionForm form) => $"{form.Needed("saga")} {form.Needed("id")}";

    private static DashboardAction OfStep(string name, Text title, Text done, Func<ActionForm, string, SagaId, string, CancellationToken, Task> act)
        => new(
            name,
            title,
            static form => $"{Target(form)}: {form.Needed("step")}",
            async (form, token) =>
            {
                var step = form.Needed("step");
                await act(form, form.Needed("saga"), form.Needed("id"), step, token).ConfigureAwait(false);
                return new ActionMessage(done, step);
            });

    private static async Task<ActionMessage> DoAsync(ActionForm form, Text done, Func<string, SagaId, Task> act)
    {
        var (saga, id) = (form.Needed("saga"), form.Needed("id"));
        await act(saga, id).ConfigureAwait(false);
        return new ActionMessage(done, id);
    }
}
