using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Alerts;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Overview;

/// <summary>Whether both databases are up, whether they agree, and how far behind they are: what is wrong first.</summary>
internal sealed class OverviewSection(DatabaseMonitoring monitoring, AlertActions alerts) : IDashboardSection
{
    public string Path => "";

    public Text Title => OverviewTexts.Title;

    public IReadOnlyList<DashboardAction> Actions => [alerts.Silence];

    public IReadOnlyList<DashboardPart> Parts(PageQuery query)
    {
        var window = query.Choice<KpiWindow>("window") ?? KpiWindow.Hour;
        return
        [
            DashboardPart.Of("alerts", OverviewTexts.Alerts, () => monitoring.Watch?.Known ?? [], ShowAlerts),
            DashboardPart.Of("databases", OverviewTexts.Databases, token => monitoring.KpisAsync(KpiWindow.Hour, token), ShowDatabases),
            DashboardPart.Of("kpis", OverviewTexts.Kpis, token => monitoring.KpisAsync(window, token), ShowKpis) with { Database = monitoring.Home.Kind },
        ];
    }

    private Html ShowAlerts(IReadOnlyList<AlertState> lasting, PartContext context) => Html.Of($"{AlertRows.Lasting(lasting, context)}{alerts.SilenceForm(context, "all")}");

    private Html ShowDatabases(KpiReport report, PartContext context)
        => Html.Of($"""
            <div class="cards">{new[] { Database.Neon, Database.Supabase }.OrderBy(database => monitoring.IsUp(database) != false).Select(database => ShowDatabase(database, report, context))}</div>
            """);

    private Html ShowDatabase(Database database, KpiReport report, PartContext context)
    {
        var (name, other) = database == Database.Neon ? ("neon", Database.Supabase) : ("supabase", Database.Neon);
        var state = monitoring.IsUp(database) switch
        {
            true => Widgets.Badge(Tone.Good, context.Say(OverviewTexts.Up)),
            false => Widgets.Badge(Tone.Bad, context.Say(OverviewTexts.Down)),
            null => Widgets.Badge(Tone.Plain, context.Say(OverviewTexts.Unknown)),
        };
        return Html.Of($"""
            <div class="card" id="database-{name}" data-up="{(monitoring.IsUp(database) switch { true => "true", false => "false", _ => "unknown" })}"><h3>{database.ToString()} {state}</h3>
            <dl class="facts">{Fact(KpiKind.Availability, OverviewTexts.Availability)}{Fact(KpiKind.QueryTime, OverviewTexts.QueryTime)}
            <dt>{context.Say(OverviewTexts.LagFrom, other)}</dt><dd data-fact="lag">{KpiText.Value(KpiKind.SyncLag, report.Find(KpiKind.SyncLag, name)?.Value)}</dd></dl></div>
            """);

        Html Fact(KpiKind kind, Text label) => Html.Of($"""<dt>{context.Say(label)}</dt><dd data-fact="{kind.ToString()}">{KpiText.Value(kind, report.Find(kind, name)?.Value)}</dd>""");
    }

    private Html ShowKpis(KpiReport report, PartContext context)
        => Html.Of($"""
            <p id="windows-label" class="note">{context.Say(OverviewTexts.Window)}</p>
            <ul class="choices" aria-labelledby="windows-label">{Enum.GetValues<KpiWindow>().Select(window => Html.Of($"""
                <li><a href="{context.Root}?window={window.ToString().ToLowerInvariant()}"{Html.When(window == report.Window, $""" aria-current="true" """)}>{context.Say(KpiText.NameOf(window))}</a></li>
                """))}</ul>
            {KpiText.Completeness(report, context)}
            {Widgets.Table(
                context,
                OverviewTexts.Kpis,
                [OverviewTexts.Figure, OverviewTexts.Of, OverviewTexts.State, OverviewTexts.Value, OverviewTexts.Target, OverviewTexts.Budget, OverviewTexts.Course],
                [.. report.Kpis.OrderBy(static kpi => kpi.IsMet switch { false => 0, true => 1, null => 2 }).Select(kpi => ShowKpi(kpi, context))])}
            """);

    private static Html ShowKpi(Kpi kpi, PartContext context)
        => Html.Of($"""
            <tr data-kpi="{kpi.Kind.ToString()}" data-subject="{kpi.Subject}"{Html.When(kpi.IsMet == false, $""" class="bad" """)}>
            <td>{context.Say(KpiText.NameOf(kpi.Kind))}</td><td>{KpiText.SubjectOf(kpi, context)}</td><td>{KpiText.Badge(kpi, context)}</td>
            <td class="number">{KpiText.Value(kpi.Kind, kpi.Value)}{KpiText.Percentiles(kpi)}</td><td class="number">{KpiText.Value(kpi.Kind, kpi.Target)}</td><td class="number">{KpiText.Budget(kpi)}</td><td>{KpiText.Course(kpi, context)}</td></tr>
            """);
}
