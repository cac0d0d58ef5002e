using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Output;
using DualDb.Consistency.Monitoring;

namespace DualDb.Commands.StatusCommands;

/// <summary>How it is at one moment.</summary>
/// <param name="Application">Whose figures.</param>
/// <param name="Report">The figures.</param>
/// <param name="Minute">The figures of the last minute, which say whether a database is up.</param>
/// <param name="Alerts">The alerts that last.</param>
/// <param name="KnowsTargets">Whether the figures are judged by the application's own targets, and not by those at first.</param>
internal sealed record StatusPicture(string Application, KpiReport Report, KpiReport Minute, IReadOnlyList<AlertState> Alerts, bool KnowsTargets)
{
    public static async Task<StatusPicture> TakeAsync(StatusPlace place, KpiWindow window, CancellationToken cancellationToken)
    {
        var monitoring = await place.OpenAsync(cancellationToken).ConfigureAwait(false);

        // Not as the monitoring does, which tells what it knows where the database is away: here, that is the answer.
        var alerts = await monitoring.Alerts.ListAsync(openOnly: true, cancellationToken: cancellationToken).ConfigureAwait(false);

        // Figures lie under the database's time: by the clock of whoever asks, they could lie in no window.
        var began = monitoring.Time.GetTimestamp();
        var time = await monitoring.Store.TimeAsync(cancellationToken).ConfigureAwait(false);
        monitoring.Clock.Set(time, monitoring.Time.GetElapsedTime(began));
        var report = await monitoring.KpisAsync(window, cancellationToken).ConfigureAwait(false);
        return new StatusPicture(monitoring.Application, report, window == KpiWindow.Minute ? report : await monitoring.KpisAsync(KpiWindow.Minute, cancellationToken).ConfigureAwait(false), alerts, place.KnowsTargets);
    }

    /// <summary>What was known last, and why nothing newer is.</summary>
    public static CommandResult ShowFailure(StatusPicture? last, string failure)
    {
        var line = new TextLine(last is null ? failure : $"{failure} This is how it was before:", TextTone.Bad);
        return last?.Show(checks: false) is { } known
            ? known with { Json = new JsonObject([KeyValuePair.Create<string, JsonNode?>("error", failure), .. known.Json.Select(static one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))]), Text = [line, .. known.Text] }
            : new CommandResult(new JsonObject { ["error"] = failure }, line);
    }

    private bool IsComplete => Report.IsComplete && Minute.IsComplete;

    public CommandResult Show(bool checks)
        => new(
            new JsonObject
            {
                ["application"] = Application,
                ["window"] = Report.Window.ToString().ToLowerInvariant(),
                ["at"] = Report.At,
                ["isComplete"] = IsComplete,
                ["targets"] = KnowsTargets ? "application" : "default",
                ["databases"] = new JsonObject(Databases.Select(database => KeyValuePair.Create<string, JsonNode?>(NameOf(database), StateOf(database)))),
                ["kpis"] = new JsonArray([.. Report.Kpis.Select(Document)]),
                ["alerts"] = new JsonArray([.. Alerts.Select(Document)]),
            },
            [.. Text()]) { ExitCode = checks ? ExitCodeOf() : ExitCodes.Done };

    // What is not known is not well. An alert is known, whatever is missing besides.
    private int ExitCodeOf()
        => Alerts.Count > 0 || Report.Kpis.Any(static kpi => kpi.IsMet == false) ? ExitCodes.Differences
            : IsComplete ? ExitCodes.Done
            : ExitCodes.Failed;

    private IEnumerable<TextPart> Text()
    {
        yield return new TextLine(string.Create(CultureInfo.InvariantCulture, $"{Application}, {Span(Report.Window)} until {Report.At:yyyy-MM-dd HH:mm:ss}Z"));
        foreach (var database in Databases)
        {
            yield return StateOf(database) switch
            {
                "up" => new TextLine($"{database} is up.", TextTone.Good),
                "down" => new TextLine($"{database} is DOWN.", TextTone.Bad),
                _ => new TextLine($"Whether {database} is up is not known: no node has asked it within the last minute.", TextTone.Warning),
            };
        }

        if (!IsComplete)
        {
            yield return new TextLine(Report.Missing ?? Minute.Missing ?? "The figures could not be read: what is shown of them is not all.", TextTone.Bad);
        }

        yield return Alerts.Count == 0
            ? new TextLine("No alerts.", TextTone.Good)
            : new TextTable(["alert", "of", "since", "what"], [.. Alerts.Select(static alert => (IReadOnlyList<string>)[alert.Rule, alert.Subject, string.Create(CultureInfo.InvariantCulture, $"{alert.Since:HH:mm:ss}Z"), alert.Words])]);
        if (!KnowsTargets)
        {
            yield return new TextLine("The targets are those at first: what the application has set is known with --project, or within it.");
        }

        yield return new TextTable(["figure", "of", "value", "target", "met", "budget left", ""], [.. Report.Kpis.OrderBy(static kpi => kpi.IsMet ?? true).Select(Row)]);
    }

    private static Database[] Databases { get; } = [Database.Neon, Database.Supabase];

    private static string NameOf(Database database) => database.ToString().ToLowerInvariant();

    // By what nodes have measured last: nobody is woken for it.
    private string StateOf(Database database)
    {
        var name = NameOf(database);
        return Alerts.Any(alert => string.Equals(alert.Rule, AlertRules.DatabaseDown, StringComparison.Ordinal) && string.Equals(alert.Subject, name, StringComparison.Ordinal)) ? "down"
            : Minute.Find(KpiKind.Availability, name)?.Points.LastOrDefault(static point => point is not null) switch { null => "unknown", >= 0.5 => "up", _ => "down" };
    }

    private static IReadOnlyList<string> Row(Kpi kpi) =>
    [
        NameOf(kpi.Kind),
        kpi.Subject.Length > 0 ? kpi.Subject : "all",
        Value(kpi, kpi.Value),
        Value(kpi, kpi.Target),
        kpi.IsMet switch { true => "yes", false => "NO", _ => "" },
        kpi.ErrorBudgetLeft is { } left ? left.ToString("P0", CultureInfo.InvariantCulture) : "",
        Sparkline.Of(kpi.Points),
    ];

    private static string Value(Kpi kpi, double? value)
        => value is not { } known ? "-"
            : IsTime(kpi.Kind) ? string.Create(CultureInfo.InvariantCulture, $"{known * 1000:0.##} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.###} %");

    private static bool IsTime(KpiKind kind) => kind is KpiKind.QueryTime or KpiKind.ViewTime or KpiKind.SyncLag;

    private static string NameOf(KpiKind kind) => kind switch
    {
        KpiKind.QueryTime => "query time p95",
        KpiKind.ViewTime => "view time p95",
        KpiKind.SyncLag => "sync lag p99",
        KpiKind.CacheHitRate => "cache hits",
        KpiKind.Availability => "availability",
        _ => "consistency",
    };

    private static string Span(KpiWindow window) => window switch
    {
        KpiWindow.Minute => "the minute",
        KpiWindow.Hour => "the hour",
        KpiWindow.Day => "the 24 hours",
        _ => "the 30 days",
    };

    private static JsonObject Document(Kpi kpi) => new()
    {
        ["kind"] = kpi.Kind.ToString(),
        ["subject"] = kpi.Subject,
        ["value"] = kpi.Value,
        ["target"] = kpi.Target,
        ["isMet"] = kpi.IsMet,
        ["errorBudgetLeft"] = kpi.ErrorBudgetLeft,
        ["p50"] = kpi.P50,
        ["p95"] = kpi.P95,
        ["p99"] = kpi.P99,
        ["count"] = kpi.Count,
    };

    private static JsonObject Document(AlertState alert) => new()
    {
        ["rule"] = alert.Rule,
        ["subject"] = alert.Subject,
        ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
        ["words"] = alert.Words,
        ["since"] = alert.Since,
        ["told"] = alert.Told,
    };
}
