using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Dashboard.Sections.Health;

/// <summary>What the health checks of this library say, with their data. Checks of the application's own are not run for a page: nobody knows what they cost.</summary>
internal sealed class HealthSection(HealthCheckService checks) : IDashboardSection
{
    public string Path => "health";

    public Text Title => HealthTexts.Title;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
        => [DashboardPart.Of("checks", HealthTexts.Checks, token => checks.CheckHealthAsync(static check => check.Tags.Contains(HealthTags.DualDb), token), Show)];

    // What is worst first; below that, as they were registered.
    private static Html Show(HealthReport report, PartContext context)
        => Html.Of($"""
            <p data-health="{Word(report.Status)}">{context.Say(HealthTexts.All)} {Badge(report.Status, context)}</p>
            {Widgets.Table(
                context,
                HealthTexts.Checks,
                [HealthTexts.Check, SharedTexts.State, HealthTexts.Words, HealthTexts.Data, HealthTexts.Tags, HealthTexts.Took],
                [.. report.Entries.OrderBy(static entry => entry.Value.Status).Select(entry => Row(entry.Key, entry.Value, context))])}
            """);

    private static Html Row(string name, HealthReportEntry entry, PartContext context)
        => Html.Of($"""
            <tr data-check="{name}" data-status="{Word(entry.Status)}"{Html.When(entry.Status != HealthStatus.Healthy, $""" class="{Widgets.ClassOf(ToneOf(entry.Status))}" """)}><td>{name}</td><td>{Badge(entry.Status, context)}</td><td class="words">{context.Said(entry.Description)}</td>
            <td class="words">{Html.When(entry.Data.Count > 0, $"<dl>{entry.Data.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(one => Html.Of($"<dt>{one.Key}</dt><dd>{context.Said(ValueOf(one.Value))}</dd>"))}</dl>")}</td>
            <td>{string.Join(", ", entry.Tags.Where(static tag => tag is not HealthTags.DualDb).Order(StringComparer.Ordinal))}</td><td>{Widgets.Duration(entry.Duration)}</td></tr>
            """);

    private static string ValueOf(object? value) => value switch
    {
        null => "-",
        string text => text,
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object?>().Select(ValueOf)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "-",
    };

    private static Html Badge(HealthStatus status, PartContext context) => Widgets.Badge(ToneOf(status), context.Say(status switch
    {
        HealthStatus.Healthy => HealthTexts.Healthy,
        HealthStatus.Degraded => HealthTexts.Degraded,
        _ => HealthTexts.Unhealthy,
    }));

    private static Tone ToneOf(HealthStatus status) => status switch { HealthStatus.Healthy => Tone.Good, HealthStatus.Degraded => Tone.Warning, _ => Tone.Bad };

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
