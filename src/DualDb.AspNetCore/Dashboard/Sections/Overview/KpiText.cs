using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.Consistency.Monitoring;

namespace DualDb.AspNetCore.Dashboard.Sections.Overview;

/// <summary>Figures in words.</summary>
internal static class KpiText
{
    public static Text NameOf(KpiKind kind) => kind switch
    {
        KpiKind.Consistency => OverviewTexts.Consistency,
        KpiKind.QueryTime => OverviewTexts.QueryTime,
        KpiKind.ViewTime => OverviewTexts.ViewTime,
        KpiKind.Availability => OverviewTexts.Availability,
        KpiKind.SyncLag => OverviewTexts.SyncLag,
        _ => OverviewTexts.CacheHitRate,
    };

    public static Text NameOf(KpiWindow window) => window switch
    {
        KpiWindow.Minute => OverviewTexts.Minute,
        KpiWindow.Hour => OverviewTexts.Hour,
        KpiWindow.Day => OverviewTexts.Day,
        _ => OverviewTexts.Month,
    };

    /// <summary>That figures are not all there are, and why; nothing where they are.</summary>
    public static Html Completeness(KpiReport report, PartContext context)
        => report.Missing is { } missing
            ? Html.Of($"""<p class="failure" data-failure="schema">{context.Said(missing)}</p>""")
            : Html.When(!report.IsComplete, $"""<p class="failure" data-failure="incomplete">{context.Say(OverviewTexts.Incomplete)}</p>""");

    public static string SubjectOf(Kpi kpi, PartContext context) => kpi.Subject.Length > 0 ? kpi.Subject : context.Say(FrameTexts.All);

    public static string Value(KpiKind kind, double? value)
        => value is not { } known ? "-" : IsTime(kind) ? Widgets.Duration(TimeSpan.FromSeconds(known)) : Widgets.Share(known);

    /// <summary>The other percentiles of a time, below the one that the target is set for.</summary>
    public static Html Percentiles(Kpi kpi)
        => Html.When(
            IsTime(kpi.Kind) && kpi.Value is not null,
            $"""<small class="percentiles">p50 {Value(kpi.Kind, kpi.P50)}, p95 {Value(kpi.Kind, kpi.P95)}, p99 {Value(kpi.Kind, kpi.P99)}</small>""");

    public static Html Badge(Kpi kpi, PartContext context) => kpi switch
    {
        { IsMet: true } => Widgets.Badge(Tone.Good, context.Say(OverviewTexts.Met)),
        { IsMet: false } => Widgets.Badge(Tone.Bad, context.Say(OverviewTexts.Missed)),
        { Value: null } => Widgets.Badge(Tone.Plain, context.Say(OverviewTexts.NotMeasured)),
        _ => Widgets.Badge(Tone.Plain, context.Say(OverviewTexts.NoTarget)),
    };

    public static Html Budget(Kpi kpi)
        => kpi.ErrorBudgetLeft is { } left ? Html.Of($"{(left * 100).ToString("0.#", CultureInfo.InvariantCulture)} %") : Html.Of($"-");

    public static Html Course(Kpi kpi, PartContext context)
    {
        List<double> known = [.. kpi.Points.OfType<double>()];
        return known.Count == 0
            ? default
            : Sparkline.Of(
                kpi.Points,
                kpi.Target,
                context.Say(OverviewTexts.CourseWords, context.Say(NameOf(kpi.Kind)), SubjectOf(kpi, context), Value(kpi.Kind, known.Min()), Value(kpi.Kind, known.Max()), Value(kpi.Kind, known[^1])));
    }

    private static bool IsTime(KpiKind kind) => kind is KpiKind.QueryTime or KpiKind.ViewTime or KpiKind.SyncLag;
}
