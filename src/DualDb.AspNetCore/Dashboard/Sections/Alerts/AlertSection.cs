using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Alerts;

/// <summary>What lasts, what is silenced, and what was.</summary>
internal sealed class AlertSection(DatabaseMonitoring monitoring, AlertActions actions) : IDashboardSection
{
    private const int HistoryLimit = 200;

    public string Path => "alerts";

    public Text Title => AlertTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => [actions.Silence, actions.EndSilence];

    public IReadOnlyList<DashboardPart> Parts(PageQuery query) =>
    [
        DashboardPart.Of("firing", AlertTexts.Firing, () => monitoring.Watch?.Known ?? [], AlertRows.Lasting),
        DashboardPart.Of("silences", AlertTexts.Silences, token => monitoring.Alerts.SilencesAsync(token), ShowSilences) with { Database = monitoring.Home.Kind },
        DashboardPart.Of("history", AlertTexts.History, token => monitoring.Alerts.ListAsync(limit: HistoryLimit, cancellationToken: token), static (alerts, context) => AlertRows.Table(AlertTexts.History, alerts, context)) with { Database = monitoring.Home.Kind },
    ];

    private Html ShowSilences(IReadOnlyList<AlertSilence> silences, PartContext context)
        => Html.Of($"""
            {Widgets.Table(
                context,
                AlertTexts.Silences,
                [AlertTexts.Rule, AlertTexts.Until, AlertTexts.Who, AlertTexts.Why, AlertTexts.Acting],
                [.. silences.Select(silence => Html.Of($"""
                    <tr data-silence="{silence.Id}"><td>{silence.Rule ?? context.Say(AlertTexts.AllRules)}</td><td>{Widgets.Time(silence.Until)}</td><td>{silence.Who}</td><td class="words">{silence.Reason}</td><td>{actions.EndForm(context, silence)}</td></tr>
                    """))])}
            {actions.SilenceForm(context, "rule")}
            """);
}
