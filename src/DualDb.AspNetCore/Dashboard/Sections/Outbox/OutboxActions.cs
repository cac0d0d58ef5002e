using System.Globalization;
using System.Text.Json;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Events;

namespace DualDb.AspNetCore.Dashboard.Sections.Outbox;

/// <summary>What operators do to dead letters.</summary>
internal sealed class OutboxActions
{
    /// <summary>As long as an event's or a handler's name may be.</summary>
    public const int LongestName = 512;

    /// <summary>Longer than what a group of failures is called.</summary>
    public const int LongestGroup = 1000;

    private const int LongestPayload = 2 * 1024 * 1024;

    private readonly DeadLetters _letters;
    private readonly ShownData _data;

    public OutboxActions(DeadLetters letters, ShownData data)
    {
        (_letters, _data) = (letters, data);
        Replay = new DashboardAction("replay", OutboxTexts.Replay, LetterOf, ReplayAsync);
        ReplayGroup = new DashboardAction("replay-group", OutboxTexts.ReplayGroup, GroupOf, ReplayGroupAsync);
        Edit = new DashboardAction("edit", OutboxTexts.Edit, LetterOf, EditAsync);
        Discard = new DashboardAction("discard", OutboxTexts.Discard, LetterOf, DiscardAsync);
        DiscardGroup = new DashboardAction("discard-group", OutboxTexts.DiscardGroup, GroupOf, DiscardGroupAsync);
    }

    public DashboardAction Replay { get; }

    public DashboardAction ReplayGroup { get; }

    public DashboardAction Edit { get; }

    public DashboardAction Discard { get; }

    public DashboardAction DiscardGroup { get; }

    public IReadOnlyList<DashboardAction> All => [Replay, ReplayGroup, Edit, Discard, DiscardGroup];

    public Html ReplayForm(PartContext context, string letter) => context.Form(Replay, letter, Fields.Hidden("letter", letter));

    public Html DiscardForm(PartContext context, string letter) => context.Form(Discard, letter, Fields.Hidden("letter", letter));

    public Html EditForm(PartContext context, string letter, string payload, bool isMasked)
        => context.Form(Edit, letter, Html.Of($"""
            {Fields.Hidden("letter", letter)}
            <label class="field wide"><span>{context.Say(OutboxTexts.Payload)}</span><textarea name="payload" rows="12" required spellcheck="false">{payload}</textarea></label>
            {Html.When(isMasked, $"""<p class="note">{context.Say(OutboxTexts.MaskedNote)}</p>""")}
            """));

    public Html GroupForms(PartContext context, FailureGroup group, int place)
    {
        var key = place.ToString(CultureInfo.InvariantCulture);
        var fields = Html.Of($"""{Fields.Hidden("source", group.Source.ToString().ToLowerInvariant())}{Fields.Hidden("event", group.EventName)}{Fields.Hidden("handler", group.Handler)}{Fields.Hidden("group", group.Name)}""");
        return Html.Of($"{context.Form(ReplayGroup, key, fields)}{context.Form(DiscardGroup, key, fields)}");
    }

    private static string LetterOf(ActionForm form) => Place.Of(form, "letter").ToString();

    private static string GroupOf(ActionForm form) => FilterOf(form) is var filter ? $"{filter.EventName} / {filter.Handler} / {filter.FailureGroup}" : "";

    private static DeadLetterFilter FilterOf(ActionForm form) => new()
    {
        Source = form.Choice<Database>("source") ?? throw new BadRequestValueException("source", "neon or supabase"),
        EventName = form.Needed("event", LongestName),
        Handler = form.Needed("handler", LongestName),
        FailureGroup = form.Needed("group", LongestGroup),
    };

    private async Task<ActionMessage> ReplayAsync(ActionForm form, CancellationToken cancellationToken)
        => await OnAsync(form, letter => _letters.ReplayAsync(letter, form.Actor, form.Reason, cancellationToken), new ActionMessage(OutboxTexts.Replayed, LetterOf(form)), cancellationToken).ConfigureAwait(false);

    private async Task<ActionMessage> DiscardAsync(ActionForm form, CancellationToken cancellationToken)
        => await OnAsync(form, letter => _letters.DiscardAsync(letter, form.Actor, form.Reason, cancellationToken), new ActionMessage(OutboxTexts.Discarded, LetterOf(form)), cancellationToken).ConfigureAwait(false);

    private async Task<ActionMessage> EditAsync(ActionForm form, CancellationToken cancellationToken)
    {
        var payload = form.Needed("payload", LongestPayload);
        return await OnAsync(
            form,
            async letter =>
            {
                try
                {
                    var merged = MaskedEdit.Merge(letter.Event.Payload, _data.Event(letter.Event.Name, letter.Event.Payload), payload);
                    return await _letters.ReplayEditedAsync(letter, merged, version: null, form.Actor, form.Reason, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception refused) when (refused is JsonException or ArgumentException)
                {
                    throw new BadRequestValueException("payload", $"JSON of the event {letter.Event.Name}, and nothing was changed: {refused.Message}");
                }
            },
            new ActionMessage(OutboxTexts.Edited, LetterOf(form)),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<ActionMessage> ReplayGroupAsync(ActionForm form, CancellationToken cancellationToken)
        => new(OutboxTexts.GroupReplayed, await _letters.ReplayAsync(FilterOf(form), form.Actor, form.Reason, cancellationToken).ConfigureAwait(false));

    private async Task<ActionMessage> DiscardGroupAsync(ActionForm form, CancellationToken cancellationToken)
        => new(OutboxTexts.GroupDiscarded, await _letters.DiscardAsync(FilterOf(form), form.Actor, form.Reason, cancellationToken).ConfigureAwait(false));

    private async Task<ActionMessage> OnAsync(ActionForm form, Func<DeadLetter, Task<bool>> act, ActionMessage done, CancellationToken cancellationToken)
    {
        var place = Place.Of(form, "letter");
        return await _letters.FindAsync(place.Source, place.Id, cancellationToken).ConfigureAwait(false) is { } letter && await act(letter).ConfigureAwait(false) ? done : new ActionMessage(SharedTexts.Gone);
    }
}
