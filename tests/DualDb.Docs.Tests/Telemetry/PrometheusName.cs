namespace DualDb.Docs.Tests.Telemetry;

/// <summary>What an instrument is called in Prometheus (opentelemetry.io, specification: Prometheus and OpenMetrics compatibility).</summary>
internal static class PrometheusName
{
    public static IEnumerable<string> Of(TelemetryRow row)
    {
        var name = row.Name.Replace('.', '_') + row.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when row.Kind == "gauge" => "_ratio",
            _ => "",
        };
        return row.Kind switch
        {
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            "counter" => [name + "_total"],
            _ => [name],
        };
    }

    /// <summary>The labels of an instrument: its tags, and the bucket of a histogram.</summary>
    public static IReadOnlyList<string> LabelsOf(TelemetryRow row)
        => [.. row.Tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(static tag => tag.Replace('.', '_')), .. row.Kind == "histogram" ? new[] { "le" } : []];
}
