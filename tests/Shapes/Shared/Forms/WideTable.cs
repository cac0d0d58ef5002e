#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Sixty columns.</summary>
[Stored(Set = Names.Prefix + "WideTables")]
public sealed partial class WideTable
{
    [Key(Generated = true)] public long Id { get; set; }

    public string? C01 { get; set; }

    public decimal C02 { get; set; }

    public bool C03 { get; set; }

    public DateTimeOffset C04 { get; set; }

    public long? C05 { get; set; }

    public int C06 { get; set; }

    public string? C07 { get; set; }

    public decimal C08 { get; set; }

    public bool C09 { get; set; }

    public DateTimeOffset C10 { get; set; }

    public long? C11 { get; set; }

    public int C12 { get; set; }

    public string? C13 { get; set; }

    public decimal C14 { get; set; }

    public bool C15 { get; set; }

    public DateTimeOffset C16 { get; set; }

    public long? C17 { get; set; }

    public int C18 { get; set; }

    public string? C19 { get; set; }

    public decimal C20 { get; set; }

    public bool C21 { get; set; }

    public DateTimeOffset C22 { get; set; }

    public long? C23 { get; set; }

    public int C24 { get; set; }

    public string? C25 { get; set; }

    public decimal C26 { get; set; }

    public bool C27 { get; set; }

    public DateTimeOffset C28 { get; set; }

    public long? C29 { get; set; }

    public int C30 { get; set; }

    public string? C31 { get; set; }

    public decimal C32 { get; set; }

    public bool C33 { get; set; }

    public DateTimeOffset C34 { get; set; }

    public long? C35 { get; set; }

    public int C36 { get; set; }

    public string? C37 { get; set; }

    public decimal C38 { get; set; }

    public bool C39 { get; set; }

    public DateTimeOffset C40 { get; set; }

    public long? C41 { get; set; }

    public int C42 { get; set; }

    public string? C43 { get; set; }

    public decimal C44 { get; set; }

    public bool C45 { get; set; }

    public DateTimeOffset C46 { get; set; }

    public long? C47 { get; set; }

    public int C48 { get; set; }

    public string? C49 { get; set; }

    public decimal C50 { get; set; }

    public bool C51 { get; set; }

    public DateTimeOffset C52 { get; set; }

    public long? C53 { get; set; }

    public int C54 { get; set; }

    public string? C55 { get; set; }

    public decimal C56 { get; set; }

    public bool C57 { get; set; }

    public DateTimeOffset C58 { get; set; }

    public long? C59 { get; set; }
}

public sealed class WideTableShape : Shape<WideTable, long, Transaction>
{
    public override Type RepositoryType => typeof(IWideTableRepository);

    public override WideTable Make(int number) => Make(0, number);

    public override WideTable MakeWithKey(int number) => Make(1_000_000 + number, number);

    public override WideTable Change(WideTable row, int number) => Make(row.Id, number);

    public override long KeyOf(WideTable row) => row.Id;

    private static WideTable Make(long id, int number) => new()
    {
        Id = id,
        C01 = Samples.OrNothing(number + 1, Samples.Text(number + 1)),
        C02 = Samples.Decimal(number + 2),
        C03 = Samples.Flag(number + 3),
        C04 = Samples.Instant(number + 4),
        C05 = Samples.OrNull(number + 5, Samples.Integer<long>(number + 5)),
        C06 = Samples.Integer<int>(number + 6),
        C07 = Samples.OrNothing(number + 7, Samples.Text(number + 7)),
        C08 = Samples.Decimal(number + 8),
        C09 = Samples.Flag(number + 9),
        C10 = Samples.Instant(number + 10),
        C11 = Samples.OrNull(number + 11, Samples.Integer<long>(number + 11)),
        C12 = Samples.Integer<int>(number + 12),
        C13 = Samples.OrNothing(number + 13, Samples.Text(number + 13)),
        C14 = Samples.Decimal(number + 14),
        C15 = Samples.Flag(number + 15),
        C16 = Samples.Instant(number + 16),
        C17 = Samples.OrNull(number + 17, Samples.Integer<long>(number + 17)),
        C18 = Samples.Integer<int>(number + 18),
        C19 = Samples.OrNothing(number + 19, Samples.Text(number + 19)),
        C20 = Samples.Decimal(number + 20),
        C21 = Samples.Flag(number + 21),
        C22 = Samples.Instant(number + 22),
        C23 = Samples.OrNull(number + 23, Samples.Integer<long>(number + 23)),
        C24 = Samples.Integer<int>(number + 24),
        C25 = Samples.OrNothing(number + 25, Samples.Text(number + 25)),
        C26 = Samples.Decimal(number + 26),
        C27 = Samples.Flag(number + 27),
        C28 = Samples.Instant(number + 28),
        C29 = Samples.OrNull(number + 29, Samples.Integer<long>(number + 29)),
        C30 = Samples.Integer<int>(number + 30),
        C31 = Samples.OrNothing(number + 31, Samples.Text(number + 31)),
        C32 = Samples.Decimal(number + 32),
        C33 = Samples.Flag(number + 33),
        C34 = Samples.Instant(number + 34),
        C35 = Samples.OrNull(number + 35, Samples.Integer<long>(number + 35)),
        C36 = Samples.Integer<int>(number + 36),
        C37 = Samples.OrNothing(number + 37, Samples.Text(number + 37)),
        C38 = Samples.Decimal(number + 38),
        C39 = Samples.Flag(number + 39),
        C40 = Samples.Instant(number + 40),
        C41 = Samples.OrNull(number + 41, Samples.Integer<long>(number + 41)),
        C42 = Samples.Integer<int>(number + 42),
        C43 = Samples.OrNothing(number + 43, Samples.Text(number + 43)),
        C44 = Samples.Decimal(number + 44),
        C45 = Samples.Flag(number + 45),
        C46 = Samples.Instant(number + 46),
        C47 = Samples.OrNull(number + 47, Samples.Integer<long>(number + 47)),
        C48 = Samples.Integer<int>(number + 48),
        C49 = Samples.OrNothing(number + 49, Samples.Text(number + 49)),
        C50 = Samples.Decimal(number + 50),
        C51 = Samples.Flag(number + 51),
        C52 = Samples.Instant(number + 52),
        C53 = Samples.OrNull(number + 53, Samples.Integer<long>(number + 53)),
        C54 = Samples.Integer<int>(number + 54),
        C55 = Samples.OrNothing(number + 55, Samples.Text(number + 55)),
        C56 = Samples.Decimal(number + 56),
        C57 = Samples.Flag(number + 57),
        C58 = Samples.Instant(number + 58),
        C59 = Samples.OrNull(number + 59, Samples.Integer<long>(number + 59)),
    };
}
