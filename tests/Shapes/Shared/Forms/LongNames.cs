#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Names so long that PostgreSQL would cut those of their indexes and constraints to the same 63 bytes.</summary>
[Stored("rows_with_long_names", Set = Names.Prefix + "LongNames")]
public sealed partial record LongNames
{
    [Key] public required int Id { get; init; }

    [Index] public int MemberThatIsIndexedAndWhoseNameLeavesLittleRoomOne { get; init; }

    [Index] public int MemberThatIsIndexedAndWhoseNameLeavesLittleRoomTwo { get; init; }

    [Unique] public Guid MemberThatIsUniqueAndWhoseNameLeavesLittleRoomTooOne { get; init; }

    [Unique] public Guid MemberThatIsUniqueAndWhoseNameLeavesLittleRoomTooTwo { get; init; }
}

public sealed class LongNamesShape : Shape<LongNames, int, Transaction>
{
    public override Type RepositoryType => typeof(ILongNamesRepository);

    public override LongNames Make(int number) => new()
    {
        Id = number + 1,
        MemberThatIsIndexedAndWhoseNameLeavesLittleRoomOne = number,
        MemberThatIsIndexedAndWhoseNameLeavesLittleRoomTwo = -number,
        MemberThatIsUniqueAndWhoseNameLeavesLittleRoomTooOne = Samples.Id(number),
        MemberThatIsUniqueAndWhoseNameLeavesLittleRoomTooTwo = Samples.Id(-number),
    };

    public override LongNames Change(LongNames row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(LongNames row) => row.Id;
}
