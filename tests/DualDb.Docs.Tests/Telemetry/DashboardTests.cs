using System.Text.Json;
using System.Text.RegularExpressions;

namespace DualDb.Docs.Tests.Telemetry;

public sealed partial class DashboardTests
{
    private static readonly HashSet<string> Known = TelemetryPage.Instruments.SelectMany(PrometheusName.Of).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void The_grafana_dashboard_asks_for_metrics_that_are_there()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Documents.PathOf("docs/grafana/dualdb.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var expressions = panels.SelectMany(static panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : default(IEnumerable<JsonElement>) ?? []).Select(static target => target.GetProperty("expr").GetString()!).ToList();

        Assert.True(expressions.Count > 20);
        Assert.All(expressions, AssertKnown);
        Assert.Equal(panels.Count, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void The_alert_rules_ask_for_metrics_that_are_there()
    {
        var lines = File.ReadAllLines(Documents.PathOf("docs/prometheus/dualdb.rules.yml"));
        var expressions = lines.Select(static line => Expression().Match(line)).Where(static match => match.Success).Select(static match => match.Groups["expression"].Value).ToList();
        var alerts = lines.Count(static line => line.TrimStart().StartsWith("- alert:", StringComparison.Ordinal));

        Assert.True(alerts > 10);
        Assert.Equal(alerts, expressions.Count);
        Assert.All(expressions, AssertKnown);
    }

    [Theory]
    [InlineData("sum by (le, database) (rate(outbox_dead{database=\"neon\"}[5m])) > 5e9", "outbox_dead")]
    [InlineData("histogram_quantile(0.95, a_bucket) / ignoring (level) group_left () b_total or vector(0)", "a_bucket b_total")]
    public void Metrics_are_found_in_expressions(string expression, string metrics) => Assert.Equal(metrics.Split(' '), PromQl.MetricsIn(expression));

    private static void AssertKnown(string expression)
    {
        var metrics = PromQl.MetricsIn(expression).ToList();

        Assert.NotEmpty(metrics);
        Assert.All(metrics, metric => Assert.True(Known.Contains(metric), $"No instrument yields {metric}, which is asked for by: {expression}"));
    }

    [GeneratedRegex(@"^\s+expr: '(?<expression>.*)'$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
