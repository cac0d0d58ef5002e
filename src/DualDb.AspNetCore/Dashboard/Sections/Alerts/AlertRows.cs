using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Alerts;

/// <summary>Alerts as tables.</summary>
internal static class AlertRows
{
    /// <summary>Those that last, the urgent ones first.</summary>
    public static Html Lasting(IReadOnlyList<AlertState> alerts, PartContext context)
        => alerts.Count == 0
            ? Html.Of($"""<p class="none" data-alerts="0">{Widgets.Badge(Tone.Good, context.Say(AlertTexts.NoneLasts))}</p>""")
            : Table(AlertTexts.Firing, [.. alerts.OrderByDescending(static alert => alert.Severity).ThenBy(static alert => alert.Since)], context);

    public static Html Table(Text label, IReadOnlyList<AlertState> alerts, PartContext context)
        => Widgets.Table(
            context,
            label,
            [AlertTexts.Severity, AlertTexts.Rule, AlertTexts.Subject, AlertTexts.Words, AlertTexts.Since, AlertTexts.Over, AlertTexts.Told],
            [.. alerts.Select(alert => Row(alert, context))]);

    private static Html Row(AlertState alert, PartContext context)
    {
        var tone = alert.Severity == AlertSeverity.Page ? Tone.Bad : Tone.Warning;
        var lasts = alert.ResolvedAt is null;
        return Html.Of($"""
            <tr data-alert="{alert.Rule}" data-subject="{alert.Subject}" data-open="{(lasts ? "true" : "false")}"{Html.When(lasts, $""" class="{Widgets.ClassOf(tone)}" """)}>
            <td>{Widgets.Badge(lasts ? tone : Tone.Plain, context.Say(alert.Severity == AlertSeverity.Page ? AlertTexts.Page : AlertTexts.Warning))}</td><td>{alert.Rule}</td><td>{alert.Subject}</td>
            <td class="words">{context.Said(alert.Words)}</td><td>{Widgets.Time(alert.Since)}</td><td>{Widgets.Time(alert.ResolvedAt, Html.Of($"{context.Say(AlertTexts.Lasts)}"))}</td><td>{context.Say(AlertTexts.Times, alert.Told)}</td></tr>
            """);
    }
}
