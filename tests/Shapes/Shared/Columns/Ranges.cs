using NpgsqlTypes;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Every range type; bounds as PostgreSQL writes them, lower end in, upper end out.</summary>
[Stored(Set = Names.Prefix + "Ranges")]
public sealed partial record Ranges
{
    [Key] public required int Id { get; init; }

    public NpgsqlRange<int> Ints { get; init; }

    public NpgsqlRange<int>? MaybeInts { get; init; }

    public NpgsqlRange<long> Longs { get; init; }

    public NpgsqlRange<decimal> Decimals { get; init; }

    public NpgsqlRange<DateTime> Utcs { get; init; }

    public NpgsqlRange<DateTimeOffset> Instants { get; init; }

    public NpgsqlRange<DateOnly> Dates { get; init; }

    public NpgsqlRange<DateOnly>? MaybeDates { get; init; }
}

public sealed class RangesShape : Shape<Ranges, int, Transaction>
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, 0, 1, DateTimeKind.Utc);

    public override Type RepositoryType => typeof(IRangesRepository);

    public override Ranges Make(int number) => new()
    {
        Id = number + 1,
        Ints = Range(number, -5, 5 + number),
        MaybeInts = Samples.OrNull(number, Range(number + 1, int.MinValue, int.MaxValue)),
        Longs = Range(number + 2, long.MinValue, long.MaxValue),
        Decimals = Range(number + 3, -0.0001m, 1234567890123456789.5m),
        Utcs = Range(number, Noon, Noon.AddDays(number + 1)),
        Instants = Range(number + 1, new DateTimeOffset(Noon), new DateTimeOffset(Noon).AddMicroseconds(1)),
        Dates = Range(number + 2, new DateOnly(1, 1, 2), new DateOnly(9999, 12, 30)),
        MaybeDates = Samples.OrNull(number + 1, Range(number, new DateOnly(2024, 2, 29), new DateOnly(2024, 3, 1))),
    };

    public override Ranges Change(Ranges row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Ranges row) => row.Id;

    private static NpgsqlRange<T> Range<T>(int number, T lower, T upper)
        where T : struct
        => (number % 5) switch
        {
            0 => NpgsqlRange<T>.Empty,
            1 => new NpgsqlRange<T>(lower, lowerBoundIsInclusive: true, lowerBoundInfinite: false, default, upperBoundIsInclusive: false, upperBoundInfinite: true),
            2 => new NpgsqlRange<T>(default, lowerBoundIsInclusive: false, lowerBoundInfinite: true, upper, upperBoundIsInclusive: false, upperBoundInfinite: false),
            3 => new NpgsqlRange<T>(default, lowerBoundIsInclusive: false, lowerBoundInfinite: true, default, upperBoundIsInclusive: false, upperBoundInfinite: true),
            _ => new NpgsqlRange<T>(lower, lowerBoundIsInclusive: true, upper, upperBoundIsInclusive: false),
        };
}
