#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Seen by this assembly and its friends only.</summary>
[Stored(Set = Names.Prefix + "InternalRecords")]
internal sealed partial record InternalRecord
{
    [Key] public required int Id { get; init; }

    [Column("secret")] internal string Hidden { get; init; } = "";
}

internal sealed class InternalRecordShape : Shape<InternalRecord, int, Transaction>
{
    public override Type RepositoryType => typeof(IInternalRecordRepository);

    public override InternalRecord Make(int number) => new() { Id = number + 1, Hidden = Samples.Text(number) };

    public override InternalRecord Change(InternalRecord row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(InternalRecord row) => row.Id;
}
