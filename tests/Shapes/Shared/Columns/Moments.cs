#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Every type of time.</summary>
[Stored(Set = Names.Prefix + "Moments")]
public sealed partial record Moments
{
    [Key] public required int Id { get; init; }

    public DateTime Utc { get; init; }

    public DateTime? MaybeUtc { get; init; }

    public DateTimeOffset Instant { get; init; }

    public DateTimeOffset? MaybeInstant { get; init; }

    public DateOnly Date { get; init; }

    public DateOnly? MaybeDate { get; init; }

    public TimeOnly Time { get; init; }

    public TimeOnly? MaybeTime { get; init; }

    public TimeSpan Span { get; init; }

    public TimeSpan? MaybeSpan { get; init; }

    [Column(Type = "timestamp")] public DateTime Local { get; init; }

    [Column(Type = "timestamp without time zone")] public DateTime? MaybeLocal { get; init; }

    [Column(Type = "date")] public DateTime Day { get; init; }
}

public sealed class MomentsShape : Shape<Moments, int, Transaction>
{
    public override Type RepositoryType => typeof(IMomentsRepository);

    public override Moments Make(int number) => new()
    {
        Id = number + 1,
        Utc = Samples.Utc(number),
        MaybeUtc = Samples.OrNull(number, Samples.Utc(number + 1)),
        Instant = Samples.Instant(number),
        MaybeInstant = Samples.OrNull(number + 1, Samples.Instant(number + 1)),
        Date = Samples.Date(number),
        MaybeDate = Samples.OrNull(number + 2, Samples.Date(number + 1)),
        Time = Samples.Time(number),
        MaybeTime = Samples.OrNull(number, Samples.Time(number + 1)),
        Span = Samples.Span(number),
        MaybeSpan = Samples.OrNull(number + 1, Samples.Span(number + 1)),
        Local = Samples.Local(number),
        MaybeLocal = Samples.OrNull(number + 2, Samples.Local(number + 1)),
        Day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(number),
    };

    public override Moments Change(Moments row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Moments row) => row.Id;
}
