using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Dashboard.Sections.Sync;

/// <summary>What operators do to the synchronisation.</summary>
internal sealed class SyncActions
{
    private const int MostMinutes = 60 * 24 * 30;

    private readonly DatabaseSync _sync;
    private readonly BackgroundWork _work;

    public SyncActions(DatabaseSync sync, BackgroundWork work)
    {
        (_sync, _work) = (sync, work);
        Retry = new DashboardAction("retry", SyncTexts.Retry, static form => Place.Of(form, "change").ToString(), RetryAsync) { NeedsReason = false };
        RetryAll = new DashboardAction("retry-all", SyncTexts.RetryAll, form => MaybeMap(form) ?? "*", RetryAllAsync) { NeedsReason = false };
        Discard = new DashboardAction("discard", SyncTexts.Discard, static form => Place.Of(form, "change").ToString(), DiscardAsync);
        Backfill = new DashboardAction("backfill", SyncTexts.Backfill, Map, (form, _) => Task.FromResult(StartBackfill(form)));
        Verify = new DashboardAction("verify", SyncTexts.Verify, Map, (form, _) => Task.FromResult(Verification.Start(sync, work, Map(form), form.Actor))) { NeedsReason = false };
        Pause = new DashboardAction("pause", SyncTexts.Pause, Map, PauseAsync);
        Continue = new DashboardAction("continue", SyncTexts.Continue, Map, ContinueAsync) { NeedsReason = false };
        Resume = new DashboardAction("resume", SyncTexts.Resume, static form => Place.Word(Source(form)), ResumeAsync);
    }

    public DashboardAction Retry { get; }

    public DashboardAction RetryAll { get; }

    public DashboardAction Discard { get; }

    public DashboardAction Backfill { get; }

    public DashboardAction Verify { get; }

    public DashboardAction Pause { get; }

    public DashboardAction Continue { get; }

    public DashboardAction Resume { get; }

    public IReadOnlyList<DashboardAction> All => [Retry, RetryAll, Discard, Backfill, Verify, Pause, Continue, Resume];

    public Html ResumeForm(PartContext context, Database source) => context.Form(Resume, Place.Word(source), Fields.Hidden("source", Place.Word(source)));

    public Html MapForms(PartContext context, SyncMapStatus map)
    {
        var field = Fields.Hidden("map", map.Map);
        var isPaused = map.Pauses.Any(static pause => pause.Table is null);
        var minutes = Widgets.Field(context.Say(SyncTexts.Minutes), Html.Of($"""<input name="minutes" type="number" min="1" max="{MostMinutes}">"""));
        return Html.Of($"""
            {context.Form(Verify, map.Map, field)}{context.Form(Backfill, map.Map, field)}{context.Form(Pause, map.Map, Html.Of($"{field}{minutes}"))}
            {Html.When(isPaused, $"{context.Form(Continue, map.Map, field)}")}
            """);
    }

    public Html RetryAllForm(PartContext context, string? map) => context.Form(RetryAll, "parked", Fields.Hidden("map", map));

    public Html ParkedForms(PartContext context, string place)
    {
        var field = Fields.Hidden("change", place);
        return Html.Of($"{context.Form(Retry, place, field)}{context.Form(Discard, place, field)}");
    }

    private static Database Source(ActionForm form) => form.Choice<Database>("source") ?? throw new BadRequestValueException("source", "neon or supabase");

    private string Map(ActionForm form) => MaybeMap(form) ?? throw new BadRequestValueException("map", "given");

    private string? MaybeMap(ActionForm form)
        => form.Text("map") is not { } map ? null
            : _sync.Registry.Maps.Any(one => string.Equals(one.Name, map, StringComparison.Ordinal)) ? map
            : throw new BadRequestValueException("map", "the name of a map");

    private async Task<ActionMessage> RetryAsync(ActionForm form, CancellationToken cancellationToken)
    {
        var place = Place.Of(form, "change");
        return await _sync.FindParkedAsync(place.Source, place.Id, cancellationToken).ConfigureAwait(false) is { } change && await _sync.RetryParkedAsync(change, cancellationToken).ConfigureAwait(false)
            ? new ActionMessage(SyncTexts.Retried, 1)
            : new ActionMessage(SharedTexts.Gone);
    }

    private async Task<ActionMessage> RetryAllAsync(ActionForm form, CancellationToken cancellationToken)
        => new(SyncTexts.Retried, await _sync.RetryParkedAsync(MaybeMap(form), cancellationToken).ConfigureAwait(false));

    private async Task<ActionMessage> DiscardAsync(ActionForm form, CancellationToken cancellationToken)
    {
        var place = Place.Of(form, "change");
        return await _sync.FindParkedAsync(place.Source, place.Id, cancellationToken).ConfigureAwait(false) is { } change && await _sync.DiscardParkedAsync(change, cancellationToken).ConfigureAwait(false)
            ? new ActionMessage(SyncTexts.Discarded, place.ToString())
            : new ActionMessage(SharedTexts.Gone);
    }

    private async Task<ActionMessage> ResumeAsync(ActionForm form, CancellationToken cancellationToken)
    {
        await _sync.ResumeAsync(Source(form), cancellationToken).ConfigureAwait(false);
        return new ActionMessage(SyncTexts.Resumed, Source(form));
    }

    private async Task<ActionMessage> PauseAsync(ActionForm form, CancellationToken cancellationToken)
    {
        await _sync.PauseAsync(Map(form), form.Reason, form.Actor, form.Number("minutes", 1, MostMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null, cancellationToken).ConfigureAwait(false);
        return new ActionMessage(SyncTexts.IsPaused, Map(form));
    }

    private async Task<ActionMessage> ContinueAsync(ActionForm form, CancellationToken cancellationToken)
        => new(await _sync.ResumeAsync(Map(form), form.Actor, cancellationToken).ConfigureAwait(false) ? SyncTexts.Continued : SyncTexts.WasNotPaused, Map(form));

    private ActionMessage StartBackfill(ActionForm form)
    {
        var map = Map(form);
        return _work.Start(
            "backfill " + map,
            form.Actor,
            async (progress, token) =>
            {
                var rows = 0L;
                await _sync.BackfillAsync(map, new Reports(reached => progress.Report($"{reached.Source}: {rows = reached.Rows} rows of about {reached.Estimate}")), token).ConfigureAwait(false);
                return $"{rows} rows copied";
            });
    }

    // At once, and in order: Progress<T> would tell of it whenever a thread is free.
    private sealed class Reports(Action<BackfillProgress> take) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => take(value);
    }
}
