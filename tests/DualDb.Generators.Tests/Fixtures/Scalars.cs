// Every scalar type, plain and nullable, in the column that is its default.

using System;
using System.Net;
using System.Numerics;
using DualDb;
using NpgsqlTypes;

namespace Scalars;

public enum Small : byte
{
    None,
    One,
}

public enum Wide : ulong
{
    None,
    Most = ulong.MaxValue,
}

[Flags]
[StoredAsText]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    Change = 2,
    All = 3,
}

[Neon]
public partial class Scalar
{
    [Key(Generated = true)]
    public int Id { get; set; }

    public bool Boolean { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Int16 { get; set; }

    public ushort UInt16 { get; set; }

    public int Int32 { get; set; }

    public uint UInt32 { get; set; }

    public long Int64 { get; set; }

    public ulong UInt64 { get; set; }

    public float Single { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public BigInteger BigInteger { get; set; }

    public char Char { get; set; } = 'x';

    public string String { get; set; } = "";

    public Guid Guid { get; set; }

    public byte[] Bytes { get; set; } = [];

    public DateTime DateTime { get; set; } = DateTime.UnixEpoch;

    public DateTimeOffset DateTimeOffset { get; set; }

    public DateOnly DateOnly { get; set; }

    public TimeOnly TimeOnly { get; set; }

    public TimeSpan TimeSpan { get; set; }

    public IPAddress IPAddress { get; set; } = IPAddress.Loopback;

    public IPNetwork IPNetwork { get; set; }

    public DayOfWeek Enum { get; set; }

    public Small SmallEnum { get; set; }

    public Wide WideEnum { get; set; }

    [StoredAsText]
    public DayOfWeek TextEnum { get; set; }

    public Rights Flags { get; set; }

    public NpgsqlRange<int> IntRange { get; set; }

    public NpgsqlRange<long> LongRange { get; set; }

    public NpgsqlRange<decimal> DecimalRange { get; set; }

    public NpgsqlRange<DateTime> DateTimeRange { get; set; }

    public NpgsqlRange<DateTimeOffset> DateTimeOffsetRange { get; set; }

    public NpgsqlRange<DateOnly> DateOnlyRange { get; set; }
}

[Supabase]
public partial class NullableScalar
{
    [Key(Generated = true)]
    public Guid Id { get; set; }

    public bool? Boolean { get; set; }

    public byte? Byte { get; set; }

    public sbyte? SByte { get; set; }

    public short? Int16 { get; set; }

    public ushort? UInt16 { get; set; }

    public int? Int32 { get; set; }

    public uint? UInt32 { get; set; }

    public long? Int64 { get; set; }

    public ulong? UInt64 { get; set; }

    public float? Single { get; set; }

    public double? Double { get; set; }

    public decimal? Decimal { get; set; }

    public BigInteger? BigInteger { get; set; }

    public char? Char { get; set; }

    public string? String { get; set; }

    public Guid? Guid { get; set; }

    public byte[]? Bytes { get; set; }

    public DateTime? DateTime { get; set; }

    public DateTimeOffset? DateTimeOffset { get; set; }

    public DateOnly? DateOnly { get; set; }

    public TimeOnly? TimeOnly { get; set; }

    public TimeSpan? TimeSpan { get; set; }

    public IPAddress? IPAddress { get; set; }

    public IPNetwork? IPNetwork { get; set; }

    public DayOfWeek? Enum { get; set; }

    public Small? SmallEnum { get; set; }

    public Wide? WideEnum { get; set; }

    [StoredAsText]
    public DayOfWeek? TextEnum { get; set; }

    public Rights? Flags { get; set; }

    public NpgsqlRange<int>? IntRange { get; set; }

    public NpgsqlRange<DateTime>? DateTimeRange { get; set; }

    public NpgsqlRange<DateTimeOffset>? DateTimeOffsetRange { get; set; }
}
