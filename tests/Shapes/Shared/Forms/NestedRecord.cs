#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>An entity two types deep.</summary>
public static partial class Outer
{
    public abstract partial record Middle
    {
        [Stored(Set = Names.Prefix + "NestedRecords")]
        public sealed partial record NestedRecord
        {
            [Key] public required int Id { get; init; }

            public string? Name { get; init; }
        }
    }
}

public sealed class NestedRecordShape : Shape<Outer.Middle.NestedRecord, int, Transaction>
{
    public override Type RepositoryType => typeof(Outer.Middle.INestedRecordRepository);

    public override Outer.Middle.NestedRecord Make(int number)
        => new() { Id = number - 5, Name = Samples.OrNothing(number, Samples.Text(number)) };

    public override Outer.Middle.NestedRecord Change(Outer.Middle.NestedRecord row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Outer.Middle.NestedRecord row) => row.Id;
}
