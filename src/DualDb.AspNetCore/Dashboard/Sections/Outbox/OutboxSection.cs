using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Operating;

namespace DualDb.AspNetCore.Dashboard.Sections.Outbox;

/// <summary>What lies in both outboxes, what was given up, and what operators did about that.</summary>
internal sealed class OutboxSection(DomainEvents events, ShownData data) : IDashboardSection
{
    private const int PageSize = 50;
    private const int HistorySize = 25;

    private readonly OutboxActions _actions = new(events.DeadLetters, data);

    public string Path => "outbox";

    public Text Title => OutboxTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => _actions.All;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        if (Place.Parse("letter", query.Text("letter")) is { } letter)
        {
            return [DashboardPart.Of("letter", OutboxTexts.Letter, token => events.DeadLetters.FindAsync(letter.Source, letter.Id, token), ShowLetter)];
        }

        var filter = new DeadLetterFilter
        {
            Source = query.Choice<Database>("source"),
            State = query.Choice<DeliveryState>("state") ?? DeliveryState.Dead,
            EventName = query.Text("event", OutboxActions.LongestName),
            Handler = query.Text("handler", OutboxActions.LongestName),
            ErrorText = query.Text("error"),
            FailureGroup = query.Text("group", OutboxActions.LongestGroup),
        };
        var after = Place.Parse("after", query.Text("after"));
        var before = ParseHistory(query.Text("before"));
        var first = query.With(Path, ("after", null));
        var groups = query.Page("groups");
        return
        [
            DashboardPart.Of("counts", OutboxTexts.Counts, events.KnownStatusAsync, static (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowCounts(known.Outboxes, context)}")),
            DashboardPart.Of("groups", OutboxTexts.Groups, events.DeadLetters.KnownGroupsAsync, (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowGroups(known.Groups, groups, page => query.With(Path, ("groups", page.ToString(CultureInfo.InvariantCulture))), context)}")),
            DashboardPart.Of(
                "letters",
                OutboxTexts.Letters,
                token => events.DeadLetters.KnownBehindAsync(filter, after?.ToPair(), PageSize + 1, token),
                (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowLetters(known.Letters, filter, after is null ? null : first, last => query.With(Path, ("after", last)), context)}")),
            DashboardPart.Of(
                "history",
                OutboxTexts.History,
                token => events.DeadLetters.AuditPageAsync(before, HistorySize + 1, token),
                (known, context) => Html.Of($"{PartFailure.Missing(known.Missing, context)}{ShowHistory(known.Entries, before is null ? null : query.With(Path, ("before", null)), last => query.With(Path, ("before", last)), context)}")),
        ];
    }

    private static AuditPlace? ParseHistory(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var at = text.IndexOf('.', StringComparison.Ordinal);
        return at > 0 && long.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks && Place.Parse("before", text[(at + 1)..]) is { } place
            ? new AuditPlace(new DateTimeOffset(ticks, TimeSpan.Zero), place.Source, place.Id)
            : throw new BadRequestValueException("before", "the place of an entry");
    }

    private static Html ShowCounts(IReadOnlyList<OutboxStatus> outboxes, PartContext context)
        => outboxes.All(static outbox => outbox.Events.Count == 0)
            ? Html.Of($"""<p class="none" data-empty="outbox">{Widgets.Badge(Tone.Good, context.Say(OutboxTexts.Empty))}</p>""")
            : Widgets.Table(
                context,
                OutboxTexts.Counts,
                [SharedTexts.Database, OutboxTexts.Event, OutboxTexts.Pending, OutboxTexts.Processing, OutboxTexts.Scheduled, OutboxTexts.Retrying, OutboxTexts.Waiting, OutboxTexts.Dead, OutboxTexts.Oldest],
                [.. outboxes.SelectMany(outbox => outbox.Events.Select(one => Html.Of($"""
                    <tr data-source="{Place.Word(outbox.Source)}" data-event="{one.Name}"{Html.When(one.Dead > 0, $""" class="bad" """)}><td>{outbox.Source.ToString()}</td><td>{one.Name}</td>
                    <td class="number" data-count="pending">{one.Pending}</td><td class="number">{one.Processing}</td><td class="number">{one.Scheduled}</td><td class="number">{one.Retrying}</td><td class="number">{one.Waiting}</td>
                    <td class="number" data-count="dead">{one.Dead}</td><td>{Widgets.Time(one.Oldest, Html.Of($"-"))}</td></tr>
                    """)))]);

    private Html ShowGroups(IReadOnlyList<FailureGroup> groups, int page, Func<int, string> addressOf, PartContext context)
    {
        if (groups.Count == 0)
        {
            return Html.Of($"""<p class="none" data-empty="groups">{Widgets.Badge(Tone.Good, context.Say(OutboxTexts.NoGroups))}</p>""");
        }

        var isCut = groups.CountBy(static group => group.Source).Any(static count => count.Value >= DeadLetterSql.MostGroups);
        return Html.Of($"""
            {Html.When(isCut, $"""<p class="note">{context.Say(OutboxTexts.MostGroups, DeadLetterSql.MostGroups)}</p>""")}
            {WholeList.Show(context, groups, page, addressOf, shown => Widgets.Table(
                context,
                OutboxTexts.Groups,
                [OutboxTexts.Cause, OutboxTexts.Event, OutboxTexts.Handler, SharedTexts.Database, OutboxTexts.Count, OutboxTexts.Last, SharedTexts.Actions],
                [.. shown.Select((group, place) => GroupRow(group, place, context))]))}
            """);
    }

    private Html GroupRow(FailureGroup group, int place, PartContext context)
        => Html.Of($"""
            <tr data-group="{group.Name}" data-handler="{group.Handler}"><td class="words"><a href="{context.Link(AddressOf(group))}">{group.Name}</a></td>
            <td>{group.EventName}</td><td>{group.Handler}</td><td>{group.Source.ToString()}</td><td class="number" data-count="letters">{group.Count}</td><td>{Widgets.Time(group.Last, Html.Of($"-"))}</td>
            <td>{_actions.GroupForms(context, group, place)}</td></tr>
            """);

    private static string AddressOf(FailureGroup group)
        => $"/outbox?group={Uri.EscapeDataString(group.Name ?? "")}&handler={Uri.EscapeDataString(group.Handler)}&event={Uri.EscapeDataString(group.EventName)}&source={Place.Word(group.Source)}";

    private Html ShowLetters(IReadOnlyList<DeadLetter> letters, DeadLetterFilter filter, string? first, Func<string, string> next, PartContext context)
    {
        var page = letters.Take(PageSize).ToList();
        var table = page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="letters">{context.Say(OutboxTexts.NoLetters)}</p>""")
            : Widgets.Table(
                context,
                OutboxTexts.Letters,
                [OutboxTexts.Delivery, SharedTexts.State, OutboxTexts.Event, OutboxTexts.Handler, SharedTexts.Attempts, SharedTexts.Error, OutboxTexts.FailedAt, SharedTexts.Actions],
                [.. page.Select(letter => Row(letter, context))]);
        return Html.Of($"""
            {Fields.Filter(context, "outbox", Html.Of($"""
                {Fields.Choice<Database>(context, SharedTexts.Database, "source", filter.Source, static database => database.ToString())}
                {Fields.Choice<DeliveryState>(context, SharedTexts.State, "state", filter.State, state => context.Say(StateOf(state)))}
                {Fields.Text(context, OutboxTexts.Event, "event", filter.EventName, OutboxActions.LongestName)}{Fields.Text(context, OutboxTexts.Handler, "handler", filter.Handler, OutboxActions.LongestName)}{Fields.Text(context, OutboxTexts.ErrorText, "error", filter.ErrorText)}
                """))}
            {table}{KeysetPager.Show(context, "letters", first, letters.Count > PageSize ? next(new Place(page[^1].Source, page[^1].Id).ToString()) : null)}
            """);
    }

    private Html Row(DeadLetter letter, PartContext context)
    {
        var place = new Place(letter.Source, letter.Id).ToString();
        return Html.Of($"""
            <tr data-letter="{place}" data-state="{letter.State.ToString().ToLowerInvariant()}"><td><a href="{context.Link("/outbox?letter=" + place)}">{place}</a></td><td>{context.Say(StateOf(letter.State))}</td><td>{letter.Event.Name}</td><td>{letter.Handler}</td>
            <td class="number">{letter.Attempts}</td><td class="words">{context.Said(letter.Error)}</td><td>{Widgets.Time(letter.FailedAt, Html.Of($"-"))}</td>
            <td>{Html.When(letter.State == DeliveryState.Dead, $"{_actions.ReplayForm(context, place)}{_actions.DiscardForm(context, place)}")}</td></tr>
            """);
    }

    private Html ShowLetter(DeadLetter? letter, PartContext context)
    {
        if (letter is null)
        {
            return Html.Of($"""<p class="none" data-empty="letter">{context.Say(OutboxTexts.LetterGone)}</p>""");
        }

        var place = new Place(letter.Source, letter.Id).ToString();
        var shown = data.Event(letter.Event.Name, letter.Event.Payload);
        return Html.Of($"""
            <dl class="facts" data-letter="{place}"><dt>{context.Say(OutboxTexts.Event)}</dt><dd>{letter.Event.Name} ({letter.Event.Version})</dd><dt>{context.Say(OutboxTexts.Handler)}</dt><dd>{letter.Handler}</dd>
            <dt>{context.Say(SharedTexts.State)}</dt><dd data-fact="state">{context.Say(StateOf(letter.State))}</dd><dt>{context.Say(SharedTexts.Attempts)}</dt><dd>{letter.Attempts}</dd>
            <dt>{context.Say(OutboxTexts.FailedAt)}</dt><dd>{Widgets.Time(letter.FailedAt, Html.Of($"-"))}</dd></dl>
            <h3>{context.Say(SharedTexts.Error)}</h3>{Widgets.Code(context.Secrets.Clean(letter.Error ?? "-"))}
            <h3>{context.Say(OutboxTexts.Payload)}</h3>{ShownData.Code(shown)}
            {Html.When(letter.State == DeliveryState.Dead, $"{_actions.ReplayForm(context, place)}{_actions.EditForm(context, place, ShownData.Indent(shown), !string.Equals(shown, letter.Event.Payload, StringComparison.Ordinal))}{_actions.DiscardForm(context, place)}")}
            <p><a href="{context.Link("/outbox")}">{context.Say(FrameTexts.Back)}</a></p>
            """);
    }

    private Html ShowHistory(IReadOnlyList<DeadLetterAudit> history, string? first, Func<string, string> next, PartContext context)
    {
        var page = history.Take(HistorySize).ToList();
        return page.Count == 0
            ? Html.Of($"""<p class="none" data-empty="history">{context.Say(OutboxTexts.NoHistory)}</p>""")
            : Html.Of($"""
                {Widgets.Table(context, OutboxTexts.History, [SharedTexts.When, SharedTexts.Who, SharedTexts.What, OutboxTexts.Delivery, OutboxTexts.Event, OutboxTexts.Handler, SharedTexts.Why, OutboxTexts.Payload], [.. page.Select(entry => Html.Of($"""
                    <tr data-audit="{entry.Action}" data-letter="{new Place(entry.Source, entry.DeliveryId).ToString()}"><td>{Widgets.Time(entry.At)}</td><td>{entry.Actor}</td><td>{context.Term(entry.Action)}</td><td>{new Place(entry.Source, entry.DeliveryId).ToString()}</td>
                    <td>{entry.EventName}</td><td>{entry.Handler}</td><td class="words">{entry.Reason}</td><td class="words">{Html.When(entry.Payload is not null, $"<code>{(entry.Payload is { } payload ? data.Event(entry.EventName, payload) : "")}</code>")}</td></tr>
                    """))])}
                {KeysetPager.Show(context, "history", first, history.Count > HistorySize ? next(string.Create(CultureInfo.InvariantCulture, $"{page[^1].At.UtcTicks}.{new Place(page[^1].Source, page[^1].Id)}")) : null)}
                """);
    }

    private static Text StateOf(DeliveryState state) => state switch { DeliveryState.Dead => OutboxTexts.Dead, DeliveryState.Retrying => OutboxTexts.Retrying, _ => OutboxTexts.Waiting };
}
