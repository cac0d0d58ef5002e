using System.Collections.Concurrent;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>What was measured within some time: sums and durations by name. Figures of several times and nodes add up.</summary>
internal sealed class Figures
{
    /// <summary>Calls of each database, at hand: they are what is measured most.</summary>
    public DurationSketch Neon { get; } = new();

    /// <inheritdoc cref="Neon"/>
    public DurationSketch Supabase { get; } = new();

    /// <summary>Other durations, by name.</summary>
    public ConcurrentDictionary<string, DurationSketch> Durations { get; } = new(StringComparer.Ordinal);

    /// <summary>Sums, by name.</summary>
    public ConcurrentDictionary<string, Sum> Sums { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty => Sums.IsEmpty && Durations.IsEmpty && Neon.IsEmpty && Supabase.IsEmpty;

    public DurationSketch QueriesOf(Database database) => database == Database.Neon ? Neon : Supabase;

    public void AddDuration(string name, double seconds) => DurationsOf(name).Add(seconds);

    public void AddSum(string name, double amount)
    {
        if (amount != 0)
        {
            Sums.GetOrAdd(name, static _ => new Sum()).Add(amount);
        }
    }

    public DurationSketch DurationsOf(string name) => Durations.GetOrAdd(name, static _ => new DurationSketch());

    public double SumOf(string name) => Sums.TryGetValue(name, out var sum) ? sum.Value : 0;

    public void Add(Figures other)
    {
        Neon.Add(other.Neon);
        Supabase.Add(other.Supabase);
        foreach (var (name, durations) in other.Durations)
        {
            DurationsOf(name).Add(durations);
        }

        foreach (var (name, sum) in other.Sums)
        {
            AddSum(name, sum.Value);
        }
    }
}
