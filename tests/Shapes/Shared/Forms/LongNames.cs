#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Names that PostgreSQL cuts at 63 bytes, indexes among them that would then be called the same.</summary>
[Stored(Set = Names.Prefix + "LongNames")]
public sealed partial record AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns
{
    [Key] public required int Id { get; init; }

    [Index] public int TheFirstOfTwoMembersThatAreIndexedAndWhoseNamesAreLongToo { get; init; }

    [Index] public int TheFirstOfTwoMembersThatAreIndexedAndWhoseNamesAreLongToo2 { get; init; }

    [Unique] public Guid TheFirstOfTwoMembersThatAreUniqueAndWhoseNamesAreLongAsWell { get; init; }

    [Unique] public Guid TheFirstOfTwoMembersThatAreUniqueAndWhoseNamesAreLongAsWell2 { get; init; }
}

public sealed class LongNamesShape : Shape<AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns, int, Transaction>
{
    public override string Name => "LongNames";

    public override Type RepositoryType => typeof(IAnEntityWithARatherLongNameThatLeavesLittleRoomForColumnsRepository);

    public override AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns Make(int number) => new()
    {
        Id = number + 1,
        TheFirstOfTwoMembersThatAreIndexedAndWhoseNamesAreLongToo = number,
        TheFirstOfTwoMembersThatAreIndexedAndWhoseNamesAreLongToo2 = -number,
        TheFirstOfTwoMembersThatAreUniqueAndWhoseNamesAreLongAsWell = Samples.Id(number),
        TheFirstOfTwoMembersThatAreUniqueAndWhoseNamesAreLongAsWell2 = Samples.Id(-number),
    };

    public override AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns Change(
        AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns row, int number)
        => Make(number) with { Id = row.Id };

    public override int KeyOf(AnEntityWithARatherLongNameThatLeavesLittleRoomForColumns row) => row.Id;
}
