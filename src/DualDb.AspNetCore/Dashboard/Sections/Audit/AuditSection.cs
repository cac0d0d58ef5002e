using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Operators;

namespace DualDb.AspNetCore.Dashboard.Sections.Audit;

/// <summary>What operators did, asked for and were refused.</summary>
internal sealed class AuditSection(OperatorAudit audit) : IDashboardSection
{
    private const int PageSize = 50;

    public string Path => "audit";

    public Text Title => AuditTexts.Title;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        var page = query.Page();
        var filter = new AuditFilter
        {
            Actor = query.Text("actor"),
            Action = query.Text("action"),
            Target = query.Text("target"),
            Outcome = query.Choice<AuditOutcome>("outcome"),
            From = query.Time("from"),
            Until = query.Time("until"),
        };
        return
        [
            DashboardPart.Of("entries", AuditTexts.Entries, token => audit.ListAsync(filter, PageSize + 1, (page - 1) * PageSize, token), (entries, context) => Show(entries, filter, page, query, context)) with { Database = audit.Home },
        ];
    }

    private static Html Show(IReadOnlyList<AuditEntry> entries, AuditFilter filter, int page, PageQuery query, PartContext context)
        => Html.Of($"""
            {Filter(filter, context)}
            {Widgets.Table(
                context,
                AuditTexts.Entries,
                [AuditTexts.At, AuditTexts.Actor, AuditTexts.Action, AuditTexts.Target, AuditTexts.Outcome, AuditTexts.Reason, AuditTexts.Detail],
                [.. entries.Take(PageSize).Select(entry => Row(entry, context))])}
            {Widgets.Pager(context, page, entries.Count > PageSize, number => query.With("audit", ("page", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture))))}
            """);

    private static Html Filter(AuditFilter filter, PartContext context)
    {
        return Html.Of($"""
            <form class="filter" method="get" action="{context.Link("/audit")}" role="search" aria-label="{context.Say(AuditTexts.Which)}">
            {Field(AuditTexts.Actor, "actor", filter.Actor)}{Field(AuditTexts.Action, "action", filter.Action)}{Field(AuditTexts.Target, "target", filter.Target)}
            {Widgets.Field(context.Say(AuditTexts.Outcome), Widgets.Select("outcome", [("", context.Say(FrameTexts.All)), .. Enum.GetValues<AuditOutcome>().Select(outcome => (Word(outcome), context.Say(NameOf(outcome))))], filter.Outcome is { } chosen ? Word(chosen) : ""))}
            {Time(AuditTexts.From, "from", filter.From)}{Time(AuditTexts.Until, "until", filter.Until)}
            <button type="submit">{context.Say(FrameTexts.Filter)}</button></form>
            """);

        Html Field(Text label, string name, string? value) => Widgets.Field(context.Say(label), Html.Of($"""<input name="{name}" value="{value}" maxlength="200">"""));

        Html Time(Text label, string name, DateTimeOffset? value)
            => Widgets.Field(context.Say(label), Html.Of($"""<input type="datetime-local" name="{name}" value="{value?.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}">"""));
    }

    private static Html Row(AuditEntry entry, PartContext context)
        => Html.Of($"""
            <tr data-entry="{entry.Id}" data-outcome="{Word(entry.Outcome)}"><td>{Widgets.Time(entry.At)}</td><td>{entry.What.Actor}</td><td>{entry.What.Action}</td><td class="words">{entry.What.Target}</td>
            <td>{Widgets.Badge(ToneOf(entry.Outcome), context.Say(NameOf(entry.Outcome)))}</td><td class="words">{entry.What.Reason}</td><td class="words">{context.Said(entry.Detail)}</td></tr>
            """);

    private static string Word(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static Text NameOf(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => AuditTexts.Done,
        AuditOutcome.Refused => AuditTexts.Refused,
        AuditOutcome.Failed => AuditTexts.Failed,
        _ => AuditTexts.Begun,
    };

    private static Tone ToneOf(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => Tone.Good,
        AuditOutcome.Failed => Tone.Bad,
        AuditOutcome.Refused => Tone.Warning,
        _ => Tone.Plain,
    };
}
