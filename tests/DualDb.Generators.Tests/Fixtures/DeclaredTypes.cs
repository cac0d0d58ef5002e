// Members in columns of another type than their default.

using System;
using System.Numerics;
using DualDb;
using NpgsqlTypes;

namespace DeclaredTypes;

[StoredAsText]
public enum Mood
{
    Calm,

    [Obsolete("Use Calm.", error: true)]
    Flat = -1,

    [Obsolete("Say Calm.")]
    Still = 2,
}

[Neon("declared types", Schema = "Odd Schema")]
public sealed partial record Declared
{
    [Key]
    [Column("key", Type = "citext")]
    public required string Id { get; init; }

    [Column(Type = "smallint")]
    public int IntAsSmallint { get; init; }

    [Column(Type = "int4")]
    public long LongAsInteger { get; init; }

    [Column(Type = "bigint")]
    public ulong ULongAsBigint { get; init; }

    [Column(Type = "bigint")]
    public int IntAsBigint { get; init; }

    [Column(Type = "numeric(5)")]
    public int? IntAsNumeric { get; init; }

    [Column(Type = "smallint")]
    public DayOfWeek EnumAsSmallint { get; init; }

    [Column(Type = "numeric(12, 2)")]
    public decimal? Money { get; init; }

    [Column(Type = "numeric(40)")]
    public BigInteger Huge { get; init; }

    [Column(Type = "real")]
    public double DoubleAsReal { get; init; }

    [Column(Type = "double precision")]
    public float? FloatAsDouble { get; init; }

    [Column(Type = "varchar(10)")]
    public string? Short { get; init; }

    [Column(Type = "char(3)")]
    public string Code { get; init; } = "abc";

    [Column("select", Type = "character varying")]
    public string Unlimited { get; init; } = "";

    [Column(Type = "varchar(5)")]
    public Mood Mood { get; init; }

    [Column(Type = "timestamp without time zone")]
    public DateTime Clock { get; init; }

    [Column(Type = "timestamp(3) with time zone")]
    public DateTimeOffset Rounded { get; init; }

    [Column(Type = "date")]
    public DateTime? Day { get; init; }

    [Column(Type = "tsrange")]
    public NpgsqlRange<DateTime> ClockRange { get; init; }

    [Column(Type = "text")]
    public Guid GuidAsText { get; init; }

    [Column(Type = "citext[]")]
    public string[] Tags { get; init; } = [];

    [Column(Type = "varchar(4)[]")]
    public string?[]? Codes { get; init; }

    [Column(Type = "json")]
    [Jsonb]
    public string Raw { get; init; } = "{}";
}
