using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using DualDb.Caching;
using NpgsqlTypes;

namespace DualDb.Sdk.Tests.Caching.Payloads;

/// <summary>Every type that payloads hold.</summary>
internal static class Kinds
{
    public static IReadOnlyList<Kind> All { get; } = [.. Numbers(), .. Values(), .. Times(), .. Documents(), .. Ranges(), .. Lists()];

    private static IEnumerable<Kind> Numbers() =>
    [
        new Kind<bool>("bool", [true, false], static random => random.Next(2) == 0, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadBoolean(), Show),
        new Kind<byte>("byte", [0, 255], static random => (byte)random.Next(), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadByte(), Show),
        new Kind<sbyte>("sbyte", [-128, 127], static random => (sbyte)random.Next(), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadSByte(), Show),
        new Kind<short>("short", [short.MinValue, short.MaxValue, -1], static random => (short)random.Next(), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadInt16(), Show),
        new Kind<ushort>("ushort", [0, ushort.MaxValue], static random => (ushort)random.Next(), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadUInt16(), Show),
        new Kind<int>("int", [int.MinValue, int.MaxValue, 0, -1], static random => (int)Bits(random), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadInt32(), Show),
        new Kind<uint>("uint", [0, uint.MaxValue], static random => (uint)Bits(random), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadUInt32(), Show),
        new Kind<long>("long", [long.MinValue, long.MaxValue, 0, -1], Bits, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadInt64(), Show),
        new Kind<ulong>("ulong", [0, ulong.MaxValue], static random => (ulong)Bits(random), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadUInt64(), Show),
        new Kind<char>("char", ['\0', '\uffff', 'a'], static random => (char)random.Next(), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadChar(), static value => Show((int)value)),
        new Kind<float>("float", [0f, -0f, float.NaN, float.NegativeInfinity, float.Epsilon], static random => BitConverter.Int32BitsToSingle((int)Bits(random)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadSingle(), static value => Show(BitConverter.SingleToInt32Bits(value))),
        new Kind<double>("double", [0d, -0d, double.NaN, double.PositiveInfinity, double.Epsilon], static random => BitConverter.Int64BitsToDouble(Bits(random)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDouble(), static value => Show(BitConverter.DoubleToInt64Bits(value))),
        new Kind<decimal>("decimal", [0m, 1.0m, 1.00m, decimal.Negate(0.0m), decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m], Decimal, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDecimal(), Show),
        new Kind<BigInteger>("BigInteger", [0, -1, ulong.MaxValue, BigInteger.Pow(10, 100)], static random => new BigInteger(Bytes(random)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadBigInteger(), Show),
        new Kind<long?>("long?", [null, 0], static random => random.Next(2) == 0 ? null : Bits(random), static (ref writer, value) => writer.WriteOrNull(value), static (ref reader) => reader.IsNull() ? null : reader.ReadInt64(), static value => Show(value)),
    ];

    private static IEnumerable<Kind> Values() =>
    [
        new Kind<string>("string", ["", "a", new string('ä', 42), new string('中', 43), new string('x', 100_000)], Text, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadString(), static value => value),
        new Kind<string?>("string?", [null, ""], static random => random.Next(2) == 0 ? null : Text(random), static (ref writer, value) => writer.WriteOrNull(value), static (ref reader) => reader.IsNull() ? null : reader.ReadString(), static value => value ?? "null"),
        new Kind<byte[]>("byte[]", [[], [0]], Bytes, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadBytes(), Convert.ToHexString),
        new Kind<Guid>("Guid", [Guid.Empty, Guid.AllBitsSet], Id, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadGuid(), Show),
        new Kind<IPAddress>("IPAddress", [IPAddress.Any, IPAddress.IPv6Any, IPAddress.IPv6Loopback], Address, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadIPAddress(), Show),
        new Kind<IPNetwork>("IPNetwork", [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::/0"), IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("127.0.0.1/32")], static random => new IPNetwork(Address(random) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } four ? four : IPAddress.Loopback, 32), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadIPNetwork(), Show),
    ];

    private static IEnumerable<Kind> Times() =>
    [
        new Kind<DateTime>("timestamp", [DateTime.MinValue, DateTime.MaxValue, DateTime.UnixEpoch.Date], static random => Time(random, DateTimeKind.Unspecified), static (ref writer, value) => writer.Write(DateTime.SpecifyKind(value, DateTimeKind.Unspecified)), static (ref reader) => reader.ReadDateTime(), static value => Show(value.Ticks)),
        new Kind<DateTime>("timestamptz", [DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), DateTime.UnixEpoch], static random => Time(random, DateTimeKind.Utc), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadUtcDateTime(), Show),
        new Kind<DateTimeOffset>("DateTimeOffset", [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch], static random => new DateTimeOffset(Time(random, DateTimeKind.Utc)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDateTimeOffset(), static value => Show(value.Ticks) + value.Offset),
        new Kind<DateOnly>("DateOnly", [DateOnly.MinValue, DateOnly.MaxValue, new(2026, 1, 1)], static random => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDateOnly(), static value => Show(value.DayNumber)),
        new Kind<TimeOnly>("TimeOnly", [TimeOnly.MinValue, TimeOnly.MaxValue], static random => new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadTimeOnly(), static value => Show(value.Ticks)),
        new Kind<TimeSpan>("TimeSpan", [TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromMicroseconds(-1), TimeSpan.FromSeconds(-922337203685), TimeSpan.FromSeconds(922337203685)], static random => new TimeSpan(Round(random, Bits(random))), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadTimeSpan(), static value => Show(value.Ticks)),
    ];

    private static IEnumerable<Kind> Documents() =>
    [
        new Kind<JsonElement>("JsonElement", [JsonElement.Parse("null"), JsonElement.Parse("12.50")], Element, static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadJsonElement(), static value => value.GetRawText()),
        new Kind<JsonDocument>("JsonDocument", [JsonDocument.Parse("[]")], static random => JsonDocument.Parse(Element(random).GetRawText()), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadJsonDocument(), static value => value.RootElement.GetRawText()),
        new Kind<Note>("JSON object", [new Note("", null)], static random => new Note(Text(random), random.Next()), static (ref writer, value) => writer.WriteJson(value, KindsJson.Default.Note), static (ref reader) => reader.ReadJson(KindsJson.Default.Note), static value => value.ToString()),
        new Kind<Note?>("JSON object or null", [null], static random => new Note(Text(random), random.Next()), static (ref writer, value) => writer.WriteJsonOrNull(value, KindsJson.Default.Note), static (ref reader) => reader.IsNull() ? null : reader.ReadJson(KindsJson.Default.Note), static value => value?.ToString() ?? "null"),
    ];

    private static IEnumerable<Kind> Ranges() =>
    [
        new Kind<NpgsqlRange<int>>("int range", Edges(-5, 7), static random => Range(random, random.Next(-99, 0), random.Next()), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadInt32Range(), Show),
        new Kind<NpgsqlRange<long>>("long range", Edges(long.MinValue, long.MaxValue), static random => Range(random, long.MinValue, random.NextInt64()), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadInt64Range(), Show),
        new Kind<NpgsqlRange<decimal>>("decimal range", Edges(-1.50m, 1.5m), static random => Range(random, decimal.MinValue, Decimal(random)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDecimalRange(), Show),
        new Kind<NpgsqlRange<DateTime>>("DateTime range", Edges(DateTime.UnixEpoch, DateTime.MaxValue), static random => Range(random, DateTime.UnixEpoch, Time(random, DateTimeKind.Utc)), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDateTimeRange(), static value => Show(value) + value.LowerBound.Kind + value.UpperBound.Kind),
        new Kind<NpgsqlRange<DateTimeOffset>>("DateTimeOffset range", Edges(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), static random => Range(random, DateTimeOffset.MinValue, new DateTimeOffset(Time(random, DateTimeKind.Utc))), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDateTimeOffsetRange(), Show),
        new Kind<NpgsqlRange<DateOnly>>("DateOnly range", Edges(DateOnly.MinValue, DateOnly.MaxValue), static random => Range(random, DateOnly.MinValue, DateOnly.FromDayNumber(random.Next(3_000_000))), static (ref writer, value) => writer.Write(value), static (ref reader) => reader.ReadDateOnlyRange(), Show),
    ];

    private static IEnumerable<Kind> Lists() =>
    [
        new Kind<int[]>("int[]", [[], [.. Enumerable.Range(0, 40_000)]], static random => Many(random, static random => (int)Bits(random)), static (ref writer, value) => writer.WriteItems(value, static (ref writer, item) => writer.Write(item)), static (ref reader) => reader.ReadItems(static (ref reader) => reader.ReadInt32()), Show),
        new Kind<bool?[]?>("bool?[]?", [null, [], [null]], static random => Many(random, static random => random.Next(3) switch { 0 => true, 1 => false, _ => (bool?)null }), static (ref writer, value) => writer.WriteItemsOrNull(value, static (ref writer, item) => writer.WriteOrNull(item)), static (ref reader) => reader.IsNull() ? null : reader.ReadItems(static (ref reader) => reader.IsNull() ? (bool?)null : reader.ReadBoolean()), static value => value is null ? "none" : Show(value)),
        new Kind<IReadOnlyList<string>>("strings", [Array.Empty<string>(), new List<string> { "a", "" }, new Queue<string>(["b"]).ToImmutableList()], static random => Many(random, Text), static (ref writer, value) => writer.WriteItems(value, static (ref writer, item) => writer.Write(item)), static (ref reader) => reader.ReadItems(static (ref reader) => reader.ReadString()), Show),
        new Kind<ImmutableArray<Guid>?>("ImmutableArray<Guid>?", [null, []], static random => [.. Many(random, Id)], static (ref writer, value) => writer.WriteItemsOrNull(value, static (ref writer, item) => writer.Write(item)), static (ref reader) => reader.IsNull() ? null : [.. reader.ReadItems(static (ref reader) => reader.ReadGuid())], static value => value is { } items ? Show(items) : "none"),
    ];

    // Of every length, so that each size of a varint occurs.
    private static long Bits(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private static decimal Decimal(Random random) => new((int)Bits(random), (int)Bits(random), (int)Bits(random), random.Next(2) == 0, (byte)random.Next(29));

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random)
        => string.Concat(Enumerable.Range(0, random.Next(150)).Select(_ => random.Next(4) switch { 0 => "x", 1 => "ä", 2 => "中", _ => "𝒳" }));

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static IPAddress Address(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        return new IPAddress(bytes);
    }

    private static DateTime Time(Random random, DateTimeKind kind)
        => new(Round(random, random.NextInt64(DateTime.MaxValue.Ticks)), kind);

    // To each of the units in which times are written.
    private static long Round(Random random, long ticks)
    {
        var unit = random.Next(4) switch { 0 => 1, 1 => TimeSpan.TicksPerMicrosecond, 2 => TimeSpan.TicksPerMillisecond, _ => TimeSpan.TicksPerSecond };
        return ticks / unit * unit;
    }

    private static JsonElement Element(Random random) => JsonSerializer.SerializeToElement(new Note(Text(random), random.Next()), KindsJson.Default.Note);

    private static T[] Many<T>(Random random, Func<Random, T> make) => [.. Enumerable.Range(0, random.Next(40)).Select(_ => make(random))];

    private static NpgsqlRange<T>[] Edges<T>(T lower, T upper) =>
    [
        NpgsqlRange<T>.Empty,
        new(lower, true, false, upper, false, false),
        new(lower, false, false, default, false, true),
        new(default, false, true, upper, true, false),
        new(default, false, true, default, false, true),
    ];

    private static NpgsqlRange<T> Range<T>(Random random, T lower, T upper) => new(lower, random.Next(2) == 0, random.Next(3) == 0, upper, random.Next(2) == 0, random.Next(3) == 0);

    private static string Show<T>(T value) => value switch
    {
        null => "null",
        decimal number => string.Join(',', decimal.GetBits(number)),
        DateTime time => string.Create(CultureInfo.InvariantCulture, $"{time.Ticks} {time.Kind}"),
        System.Collections.IEnumerable items and not IPAddress => string.Join('|', items.Cast<object?>().Select(Show)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}

internal sealed record Note(string Text, int? Number);

[JsonSerializable(typeof(Note))]
internal sealed partial class KindsJson : JsonSerializerContext;
