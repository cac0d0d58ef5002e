#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Two parts, in the order of their declaration.</summary>
[Stored(Set = Names.Prefix + "PairKeys")]
public sealed partial record PairKey
{
    [Key] public required int Left { get; init; }

    [Key] public required string Right { get; init; }

    public string? Note { get; init; }
}

/// <summary>Three parts whose order is the reverse of their declaration, an enum stored as text among them.</summary>
[Stored(Set = Names.Prefix + "TripleKeys")]
public sealed partial class TripleKey
{
    public decimal Amount { get; set; }

    [Key(Order = 3)] public Guid Third { get; set; }

    [Key(Order = 2), StoredAsText] public Weekday Second { get; set; }

    [Key(Order = 1)] public DateOnly First { get; set; }
}

public sealed class PairKeyShape : Shape<PairKey, (int Left, string Right), Transaction>
{
    public override Type RepositoryType => typeof(IPairKeyRepository);

    public override PairKey Make(int number) => new()
    {
        Left = number / 3,
        Right = $"{Samples.Text(number)}/{number % 3}",
        Note = Samples.OrNothing(number, Samples.Text(number)),
    };

    public override PairKey Change(PairKey row, int number) => row with { Note = Samples.OrNothing(number, Samples.Text(number)) };

    public override (int Left, string Right) KeyOf(PairKey row) => (row.Left, row.Right);
}

public sealed class TripleKeyShape : Shape<TripleKey, (DateOnly First, Weekday Second, Guid Third), Transaction>
{
    public override Type RepositoryType => typeof(ITripleKeyRepository);

    public override TripleKey Make(int number) => new()
    {
        First = new DateOnly(2024, 1, 1).AddDays(number / 4),
        Second = Samples.Flag(number) ? Weekday.Monday : Weekday.Sunday,
        Third = Samples.Id(number),
        Amount = Samples.Decimal(number),
    };

    public override TripleKey Change(TripleKey row, int number)
        => new() { First = row.First, Second = row.Second, Third = row.Third, Amount = Samples.Decimal(number) };

    public override (DateOnly First, Weekday Second, Guid Third) KeyOf(TripleKey row) => (row.First, row.Second, row.Third);
}
