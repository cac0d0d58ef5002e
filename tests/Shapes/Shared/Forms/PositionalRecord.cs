#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Attributes on the parameters of a positional record, and a property beside them.</summary>
[Stored(Set = Names.Prefix + "PositionalRecords")]
public sealed partial record PositionalRecord(
    [Key(Generated = true)] long Id,
    string Name,
    [Column("amount_due", Type = "numeric(12,2)")] decimal Amount,
    DateOnly? Due,
    [NotMapped] string Remark = "none")
{
    public bool IsPaid { get; init; }
}

public sealed class PositionalRecordShape : Shape<PositionalRecord, long, Transaction>
{
    public override Type RepositoryType => typeof(IPositionalRecordRepository);

    public override PositionalRecord Make(int number)
        => new(0, Samples.Text(number), Samples.Money(number), Samples.OrNull(number, Samples.Date(number))) { IsPaid = Samples.Flag(number) };

    public override PositionalRecord MakeWithKey(int number) => Make(number) with { Id = 1_000_000_000_000 + number };

    public override PositionalRecord Change(PositionalRecord row, int number) => Make(number) with { Id = row.Id };

    public override long KeyOf(PositionalRecord row) => row.Id;
}
