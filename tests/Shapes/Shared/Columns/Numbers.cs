using System.Numerics;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Every number type, at its ends.</summary>
[Stored(Set = Names.Prefix + "Numbers")]
public sealed partial record Numbers
{
    [Key] public required int Id { get; init; }

    public byte Byte { get; init; }

    public sbyte SByte { get; init; }

    public short Short { get; init; }

    public ushort UShort { get; init; }

    public int Int { get; init; }

    public uint UInt { get; init; }

    public long Long { get; init; }

    public ulong ULong { get; init; }

    public float Float { get; init; }

    public double Double { get; init; }

    public decimal Decimal { get; init; }

    public BigInteger BigInteger { get; init; }

    public bool Bool { get; init; }
}

/// <summary>The same, or nothing.</summary>
[Stored(Set = Names.Prefix + "NullableNumbers")]
public sealed partial record NullableNumbers
{
    [Key] public required int Id { get; init; }

    public byte? Byte { get; init; }

    public sbyte? SByte { get; init; }

    public short? Short { get; init; }

    public ushort? UShort { get; init; }

    public int? Int { get; init; }

    public uint? UInt { get; init; }

    public long? Long { get; init; }

    public ulong? ULong { get; init; }

    public float? Float { get; init; }

    public double? Double { get; init; }

    public decimal? Decimal { get; init; }

    public BigInteger? BigInteger { get; init; }

    public bool? Bool { get; init; }
}

public sealed class NumbersShape : Shape<Numbers, int, Transaction>
{
    public override Type RepositoryType => typeof(INumbersRepository);

    public override Numbers Make(int number) => new()
    {
        Id = number + 1,
        Byte = Samples.Integer<byte>(number),
        SByte = Samples.Integer<sbyte>(number),
        Short = Samples.Integer<short>(number),
        UShort = Samples.Integer<ushort>(number),
        Int = Samples.Integer<int>(number),
        UInt = Samples.Integer<uint>(number),
        Long = Samples.Integer<long>(number),
        ULong = Samples.Integer<ulong>(number),
        Float = Samples.Float(number),
        Double = Samples.Double(number),
        Decimal = Samples.Decimal(number),
        BigInteger = Samples.Huge(number),
        Bool = Samples.Flag(number),
    };

    public override Numbers Change(Numbers row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Numbers row) => row.Id;
}

public sealed class NullableNumbersShape : Shape<NullableNumbers, int, Transaction>
{
    public override Type RepositoryType => typeof(INullableNumbersRepository);

    public override NullableNumbers Make(int number) => new()
    {
        Id = number + 1,
        Byte = Samples.OrNull(number, Samples.Integer<byte>(number)),
        SByte = Samples.OrNull(number + 1, Samples.Integer<sbyte>(number)),
        Short = Samples.OrNull(number + 2, Samples.Integer<short>(number)),
        UShort = Samples.OrNull(number, Samples.Integer<ushort>(number)),
        Int = Samples.OrNull(number + 1, Samples.Integer<int>(number)),
        UInt = Samples.OrNull(number + 2, Samples.Integer<uint>(number)),
        Long = Samples.OrNull(number, Samples.Integer<long>(number)),
        ULong = Samples.OrNull(number + 1, Samples.Integer<ulong>(number)),
        Float = Samples.OrNull(number + 2, Samples.Float(number)),
        Double = Samples.OrNull(number, Samples.Double(number)),
        Decimal = Samples.OrNull(number + 1, Samples.Decimal(number)),
        BigInteger = Samples.OrNull(number + 2, Samples.Huge(number)),
        Bool = Samples.OrNull(number, Samples.Flag(number)),
    };

    public override NullableNumbers Change(NullableNumbers row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(NullableNumbers row) => row.Id;
}
