#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Numbers in columns of another size than their own.</summary>
[Stored(Set = Names.Prefix + "DeclaredNumbers")]
public sealed partial record DeclaredNumbers
{
    [Key] public required int Id { get; init; }

    [Column(Type = "smallint")] public int Narrow { get; init; }

    [Column(Type = "bigint")] public int Wide { get; init; }

    [Column(Type = "integer")] public long? NarrowLong { get; init; }

    [Column(Type = "numeric(12,2)")] public decimal Money { get; init; }

    [Column(Type = "numeric(5)")] public decimal? Whole { get; init; }

    [Column(Type = "double precision")] public float Loose { get; init; }

    [Column(Type = "real")] public double Tight { get; init; }
}

public sealed class DeclaredNumbersShape : Shape<DeclaredNumbers, int, Transaction>
{
    public override Type RepositoryType => typeof(IDeclaredNumbersRepository);

    public override DeclaredNumbers Make(int number) => new()
    {
        Id = number + 1,
        Narrow = Samples.Integer<short>(number),
        Wide = Samples.Integer<int>(number),
        NarrowLong = Samples.OrNull(number, (long)Samples.Integer<int>(number)),
        Money = Samples.Money(number),
        Whole = Samples.OrNull(number + 1, (number % 2 == 0 ? 99_999m : -99_999m)),
        Loose = Samples.Float(number),
        Tight = Samples.Float(number),
    };

    public override DeclaredNumbers Change(DeclaredNumbers row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(DeclaredNumbers row) => row.Id;
}
