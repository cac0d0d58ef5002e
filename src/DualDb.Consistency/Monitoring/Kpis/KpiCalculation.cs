using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Kpis;

/// <summary>Makes figures of what was measured.</summary>
/// <param name="targets">What they should be.</param>
/// <param name="total">What was measured in the whole window.</param>
/// <param name="pieces">The same by piece, from the oldest.</param>
internal sealed class KpiCalculation(KpiTargets targets, Figures total, IReadOnlyList<Figures> pieces)
{
    private const double QueryShare = 0.95;
    private const double LagShare = 0.99;

    public IReadOnlyList<Kpi> Run() => [.. Consistency(), .. Availability(), .. QueryTimes(), .. ViewTimes(), .. Lags(), .. HitRates()];

    private IEnumerable<Kpi> Consistency()
    {
        var maps = Subjects(FigureNames.Compared, total.Sums.Keys).ToList();
        foreach (var map in maps)
        {
            yield return Share(KpiKind.Consistency, map, targets.Consistency, figures => Equal(figures, [map]), figures => figures.SumOf(FigureNames.Compared + map));
        }

        yield return Share(KpiKind.Consistency, "", targets.Consistency, figures => Equal(figures, maps), figures => maps.Sum(map => figures.SumOf(FigureNames.Compared + map)));
    }

    private static double Equal(Figures figures, IReadOnlyList<string> maps)
        => maps.Sum(map => Math.Max(0, figures.SumOf(FigureNames.Compared + map) - figures.SumOf(FigureNames.Different + map)));

    private IEnumerable<Kpi> Availability()
    {
        foreach (var (subject, name) in new[] { ("", FigureNames.Both), (FigureNames.Of(Database.Neon), FigureNames.Of(Database.Neon)), (FigureNames.Of(Database.Supabase), FigureNames.Of(Database.Supabase)) })
        {
            yield return Share(
                KpiKind.Availability, subject, targets.Availability,
                figures => figures.SumOf(FigureNames.Up + name), figures => figures.SumOf(FigureNames.Up + name) + figures.SumOf(FigureNames.Down + name));
        }
    }

    private IEnumerable<Kpi> QueryTimes()
        => new[] { Database.Neon, Database.Supabase }.Select(database => Times(KpiKind.QueryTime, FigureNames.Of(database), targets.QueryTime, QueryShare, figures => figures.QueriesOf(database)));

    private IEnumerable<Kpi> ViewTimes()
        => Subjects(FigureNames.View, total.Durations.Keys).Select(view => Times(KpiKind.ViewTime, view, targets.QueryTime, QueryShare, figures => figures.Durations.GetValueOrDefault(FigureNames.View + view)));

    private IEnumerable<Kpi> Lags()
        => Subjects(FigureNames.Lag, total.Durations.Keys).Select(source => Times(KpiKind.SyncLag, source, targets.SyncLag, LagShare, figures => figures.Durations.GetValueOrDefault(FigureNames.Lag + source)));

    private IEnumerable<Kpi> HitRates()
    {
        foreach (var (subject, hits) in new (string, Func<Figures, double>)[]
        {
            ("", static figures => figures.SumOf(FigureNames.MemoryHits) + figures.SumOf(FigureNames.RedisHits)),
            ("memory", static figures => figures.SumOf(FigureNames.MemoryHits)),
            ("redis", static figures => figures.SumOf(FigureNames.RedisHits)),
        })
        {
            if (Reads(total, subject) > 0)
            {
                yield return Share(KpiKind.CacheHitRate, subject, subject.Length == 0 ? targets.CacheHitRate : null, hits, figures => Reads(figures, subject));
            }
        }
    }

    // Redis is asked only what the memory did not answer.
    private static double Reads(Figures figures, string level)
        => (string.Equals(level, "redis", StringComparison.Ordinal) ? 0 : figures.SumOf(FigureNames.MemoryHits)) + figures.SumOf(FigureNames.RedisHits) + figures.SumOf(FigureNames.Misses);

    private Kpi Share(KpiKind kind, string subject, double? target, Func<Figures, double> good, Func<Figures, double> all)
    {
        var value = Ratio(total);
        return new Kpi(kind, subject)
        {
            Value = value,
            Target = target,
            IsMet = value is null || target is null ? null : value >= target,
            ErrorBudgetLeft = value is null || target is null ? null : BudgetLeft(1 - value.Value, 1 - target.Value),
            Count = all(total),
            Points = [.. pieces.Select(Ratio)],
        };

        double? Ratio(Figures figures) => all(figures) is > 0 and var count ? Math.Clamp(good(figures) / count, 0, 1) : null;
    }

    private Kpi Times(KpiKind kind, string subject, TimeSpan? target, double share, Func<Figures, DurationSketch?> of)
    {
        var durations = of(total) ?? new DurationSketch();
        var (value, count) = (durations.Quantile(share), durations.Count);
        return new Kpi(kind, subject)
        {
            Value = value,
            Target = target?.TotalSeconds,
            IsMet = value is null || target is null ? null : value <= target.Value.TotalSeconds,
            ErrorBudgetLeft = value is null || target is null ? null : BudgetLeft((double)durations.CountAbove(target.Value.TotalSeconds) / count, 1 - share),
            P50 = durations.Quantile(0.5),
            P95 = durations.Quantile(0.95),
            P99 = durations.Quantile(0.99),
            Count = count,
            Points = [.. pieces.Select(piece => of(piece)?.Quantile(share))],
        };
    }

    // Where nothing may go wrong, nothing is left once anything did.
    private static double BudgetLeft(double wrong, double allowed) => allowed > 0 ? 1 - (wrong / allowed) : wrong > 0 ? 0 : 1;

    private static IEnumerable<string> Subjects(string prefix, IEnumerable<string> names)
        => names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]).Order(StringComparer.Ordinal);
}
