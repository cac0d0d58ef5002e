#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A positional base.</summary>
public abstract record Numbered([property: Key] int Id, string Title);

/// <summary>A positional record that hands two of its parameters to its base.</summary>
[Stored(Set = Names.Prefix + "DerivedRecords")]
public sealed partial record DerivedRecord(int Id, string Title, DateTimeOffset? SeenAt) : Numbered(Id, Title);

public sealed class DerivedRecordShape : Shape<DerivedRecord, int, Transaction>
{
    public override Type RepositoryType => typeof(IDerivedRecordRepository);

    public override DerivedRecord Make(int number) => new(number + 1, Samples.Text(number), Samples.OrNull(number, Samples.Instant(number)));

    public override DerivedRecord Change(DerivedRecord row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(DerivedRecord row) => row.Id;
}
