#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Both times as instants.</summary>
[Stored(Set = Names.Prefix + "Stampeds")]
public sealed partial record Stamped
{
    [Key] public required Guid Id { get; init; }

    public string? Name { get; init; }

    [CreatedAt] public DateTimeOffset CreatedAt { get; init; }

    [UpdatedAt] public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Both times as <see cref="DateTime"/>, and a key the database makes.</summary>
[Stored(Set = Names.Prefix + "StampedDateTimes")]
public sealed partial class StampedDateTime
{
    [Key(Generated = true)] public Guid Id { get; set; }

    [CreatedAt] public DateTime Born { get; set; }

    [UpdatedAt] public DateTime Touched { get; set; }

    public int Value { get; set; }
}

public sealed class StampedShape : Shape<Stamped, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IStampedRepository);

    public override Stamped Make(int number) => new() { Id = Samples.Id(number), Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override Stamped Change(Stamped row, int number) => row with { Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override Guid KeyOf(Stamped row) => row.Id;
}

public sealed class StampedDateTimeShape : Shape<StampedDateTime, Guid, Transaction>
{
    public override Type RepositoryType => typeof(IStampedDateTimeRepository);

    public override StampedDateTime Make(int number) => new() { Value = Samples.Integer<int>(number) };

    public override StampedDateTime MakeWithKey(int number) => new() { Id = Samples.Id(number), Value = Samples.Integer<int>(number) };

    public override StampedDateTime Change(StampedDateTime row, int number)
        => new() { Id = row.Id, Born = row.Born, Touched = row.Touched, Value = Samples.Integer<int>(number) };

    public override Guid KeyOf(StampedDateTime row) => row.Id;
}
