using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Alerts;

/// <summary>What operators do to alerts, on the page of alerts and on the first.</summary>
internal sealed class AlertActions
{
    private const string Everything = "*";
    private const int MostMinutes = 60 * 24 * 30;

    private readonly DatabaseMonitoring _monitoring;

    public AlertActions(DatabaseMonitoring monitoring)
    {
        _monitoring = monitoring;
        Silence = new DashboardAction("silence", AlertTexts.Silence, form => $"{RuleOf(form) ?? Everything}, {MinutesOf(form).ToString(CultureInfo.InvariantCulture)} min", SilenceAsync);
        EndSilence = new DashboardAction("end-silence", AlertTexts.EndSilence, static form => IdOf(form).ToString(CultureInfo.InvariantCulture), EndSilenceAsync) { NeedsReason = false };
    }

    public DashboardAction Silence { get; }

    public DashboardAction EndSilence { get; }

    /// <summary>The form that silences.</summary>
    public Html SilenceForm(PartContext context, string key)
        => context.Form(Silence, key, Html.Of($"""
            {Widgets.Field(context.Say(AlertTexts.SilenceRule), Widgets.Select("rule", [(Everything, context.Say(AlertTexts.AllRules)), .. _monitoring.Options.Alerts.Rules.Select(static rule => rule.Id).Order(StringComparer.Ordinal).Select(static rule => (rule, rule))], Everything))}
            {Widgets.Field(context.Say(AlertTexts.Minutes), Html.Of($"""<input name="minutes" type="number" min="1" max="{MostMinutes}" value="60" required>"""))}
            """));

    /// <summary>The form that ends a silence.</summary>
    public Html EndForm(PartContext context, AlertSilence silence)
        => context.Form(EndSilence, silence.Id.ToString(CultureInfo.InvariantCulture), Html.Of($"""<input type="hidden" name="id" value="{silence.Id}">"""));

    private static long MinutesOf(ActionForm form) => form.NeededNumber("minutes", 1, MostMinutes);

    private static long IdOf(ActionForm form) => form.NeededNumber("id", 1);

    private string? RuleOf(ActionForm form)
        => form.Needed("rule") is var rule && string.Equals(rule, Everything, StringComparison.Ordinal) ? null
            : _monitoring.Options.Alerts.Rules.Find(rule) is not null ? rule
            : throw new BadRequestValueException("rule", "the name of a rule, or *");

    private async Task<ActionMessage> SilenceAsync(ActionForm form, CancellationToken cancellationToken)
    {
        var silence = await _monitoring.Alerts.SilenceAsync(TimeSpan.FromMinutes(MinutesOf(form)), form.Actor, form.Reason, RuleOf(form), cancellationToken).ConfigureAwait(false);
        return new ActionMessage(AlertTexts.Silenced, silence.Rule ?? "*", silence.Until.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
    }

    private async Task<ActionMessage> EndSilenceAsync(ActionForm form, CancellationToken cancellationToken)
        => new(await _monitoring.Alerts.EndSilenceAsync(IdOf(form), cancellationToken).ConfigureAwait(false) ? AlertTexts.SilenceEnded : AlertTexts.SilenceWasOver);
}
