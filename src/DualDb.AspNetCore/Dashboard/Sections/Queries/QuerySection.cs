using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Overview;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Queries;

/// <summary>What takes the time, and what is asked over and over.</summary>
internal sealed class QuerySection(DatabaseMonitoring monitoring) : IDashboardSection
{
    public string Path => "queries";

    public Text Title => QueryTexts.Title;

    public IReadOnlyList<DashboardPart> Parts(PageQuery query) =>
    [
        DashboardPart.Of("slowest", QueryTexts.Slowest, () => monitoring.SlowestStatements(), ShowSlowest),
        DashboardPart.Of("views", QueryTexts.Views, token => monitoring.KpisAsync(KpiWindow.Hour, token), ShowViews) with { Database = monitoring.Home.Kind },
        DashboardPart.Of("loops", QueryTexts.Loops, () => monitoring.RepeatedReads(), ShowLoops),
    ];

    private static Html ShowSlowest(IReadOnlyList<StatementFigures> statements, PartContext context)
        => Html.Of($"""
            <p class="note">{context.Say(QueryTexts.SlowestNote)}</p>
            {Widgets.Table(
                context,
                QueryTexts.Slowest,
                [QueryTexts.Subject, QueryTexts.Operation, QueryTexts.Database, QueryTexts.Count, QueryTexts.Total, QueryTexts.P95, QueryTexts.Longest, QueryTexts.Sql],
                [.. statements.Select((statement, place) => Html.Of($"""
                    <tr><td>{statement.Subject}</td><td>{statement.Operation}</td><td>{statement.Database.ToString()}</td><td class="number">{Widgets.Number(statement.Count)}</td><td class="number">{Widgets.Duration(statement.Total)}</td>
                    <td class="number">{Widgets.Duration(statement.P95)}</td><td class="number">{Widgets.Duration(statement.Longest)}</td><td class="words">{Sql(context, "slow", statement.Sql)}</td></tr>
                    """))])}
            """);

    private static Html ShowViews(KpiReport report, PartContext context)
        => Html.Of($"""
            <p class="note">{context.Say(QueryTexts.ViewsNote)}</p>
            {KpiText.Completeness(report, context)}
            {Widgets.Table(
                context,
                QueryTexts.Views,
                [QueryTexts.Subject, QueryTexts.Count, QueryTexts.P50, QueryTexts.P95, QueryTexts.P99, OverviewTexts.State, OverviewTexts.Course],
                [.. report.Kpis.Where(static kpi => kpi.Kind == KpiKind.ViewTime).OrderByDescending(static kpi => kpi.P95).Select(kpi => Html.Of($"""
                    <tr data-view="{kpi.Subject}"><td>{kpi.Subject}</td><td class="number">{Widgets.Number(kpi.Count)}</td><td class="number">{KpiText.Value(kpi.Kind, kpi.P50)}</td><td class="number">{KpiText.Value(kpi.Kind, kpi.P95)}</td>
                    <td class="number">{KpiText.Value(kpi.Kind, kpi.P99)}</td><td>{KpiText.Badge(kpi, context)}</td><td>{KpiText.Course(kpi, context)}</td></tr>
                    """))])}
            """);

    private static Html ShowLoops(IReadOnlyList<RepeatedReads> loops, PartContext context)
        => Html.Of($"""
            <p class="note">{context.Say(QueryTexts.LoopsNote)}</p>
            {Widgets.Table(
                context,
                QueryTexts.Loops,
                [QueryTexts.Subject, QueryTexts.Operation, QueryTexts.Where, QueryTexts.Most, QueryTexts.Traces, QueryTexts.Last, QueryTexts.Sql],
                [.. loops.Select(loop => Html.Of($"""
                    <tr class="warning" data-loop="{loop.Subject}"><td>{loop.Subject}</td><td>{loop.Operation}</td><td>{loop.Where ?? context.Say(QueryTexts.Unknown)}</td><td class="number">{loop.Most}</td><td class="number">{loop.Traces}</td>
                    <td>{Widgets.Time(loop.LastAt)}</td><td class="words">{Sql(context, "loop", loop.Sql)}</td></tr>
                    """))])}
            """);

    // Its id goes by the text: what is open stays open where the order changes.
    private static Html Sql(PartContext context, string kind, string sql)
        => Html.Of($"""<details id="{kind}-{IdOf(sql)}"><summary>{context.Say(QueryTexts.ShowSql)}</summary>{Widgets.Code(sql)}</details>""");

    private static string IdOf(string sql)
    {
        var hash = 14695981039346656037;
        foreach (var letter in sql)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash.ToString("x", CultureInfo.InvariantCulture);
    }
}
