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

    // A label that no instrument has yields one series of all, or none, and a text with a hole in it.
    [Fact]
    public void The_alert_rules_ask_for_labels_that_are_there()
    {
        var tags = TelemetryPage.Instruments.SelectMany(static row => PrometheusName.Of(row).Select(name => (Name: name, Labels: PrometheusName.LabelsOf(row)))).ToDictionary(static one => one.Name, static one => one.Labels, StringComparer.Ordinal);
        var rules = File.ReadAllText(Documents.PathOf("docs/prometheus/dualdb.rules.yml")).Split("- alert:")[1..];

        Assert.All(rules, rule =>
        {
            var expression = Expression().Match(rule).Groups["expression"].Value;
            var known = PromQl.MetricsIn(expression).SelectMany(metric => tags[metric]).ToHashSet(StringComparer.Ordinal);
            var grouped = PromQl.GroupedBy(expression).ToList();
            Assert.All(grouped.Concat(PromQl.ChosenBy(expression)), label => Assert.True(known.Contains(label), $"No instrument has the label {label}, which is asked for by: {expression}"));
            Assert.All(Shown().Matches(rule), match => Assert.True(grouped.Contains(match.Groups["label"].Value), $"The text shows {match.Value}, which the expression does not keep: {expression}"));
        });
    }

    [Fact]
    public void Labels_are_found_in_expressions()
    {
        Assert.Equal(["le", "database"], PromQl.GroupedBy("sum by (le, database) (rate(outbox_dead{severity=\"error\"}[5m])) > 5e9"));
        Assert.Equal(["severity", "kind"], PromQl.ChosenBy("outbox_dead{severity=\"error\", kind=~\"a\"} == 0"));
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

    [GeneratedRegex(@"\$labels\.(?<label>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\s+expr: '(?<expression>.*)'\r?$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();
}
