using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using NpgsqlTypes;

namespace DualDb.Mapping.Wire;

/// <summary>
/// The forms of all types that travel, and of arrays of them. Numbers that a double cannot hold travel as texts, which PostgreSQL reads as well:
/// gateways that parse and write JSON anew would round them. A table made once, because types made at run time are what ahead-of-time
/// compilation cannot do.
/// </summary>
internal static class WireForms
{
    private static readonly Dictionary<Type, IWireForm> All = [];

    static WireForms()
    {
        AddValue(new TextForm<bool>(NumberText.ReadBoolean, static value => value ? "true" : "false", static (_, _) => true));
        AddValue(new TextForm<short>(NumberText.ReadInt16, Number, static (_, _) => true));
        AddValue(new TextForm<int>(NumberText.ReadInt32, Number, static (_, _) => true));
        AddValue(new TextForm<long>(NumberText.ReadInt64, Number));
        AddValue(new TextForm<decimal>(NumberText.ReadDecimal, Number));
        AddValue(new TextForm<BigInteger>(NumberText.ReadBigInteger, Number));
        AddValue(new TextForm<float>(NumberText.ReadSingle, NumberText.Of));
        AddValue(new TextForm<double>(NumberText.ReadDouble, NumberText.Of));
        AddValue(new TextForm<Guid>(NumberText.ReadGuid, static value => value.ToString("D", CultureInfo.InvariantCulture)));
        AddValue(new TextForm<DateOnly>(static cell => TimeText.ReadDay(cell.Word), TimeText.Of));
        AddValue(new TextForm<TimeOnly>(static cell => TimeText.ReadTimeOfDay(cell.Word), TimeText.Of));
        AddValue(new TextForm<DateTime>(static cell => TimeText.ReadTime(cell.Word), TimeText.Of));
        AddValue(new TextForm<DateTimeOffset>(static cell => TimeText.ReadPoint(cell.Word), TimeText.Of));
        AddValue(new TextForm<TimeSpan>(static cell => IntervalText.Read(cell.Word), IntervalText.Of));
        AddValue(new TextForm<IPNetwork>(static cell => IPNetwork.Parse(cell.Text), static value => value.ToString()));
        AddRange<int>();
        AddRange<long>();
        AddRange<decimal>();
        AddRange<DateOnly>();
        AddRange<DateTime>();
        AddRange<DateTimeOffset>();
        AddValue(new TextForm<JsonElement>(static cell => JsonElement.Parse(cell.Json, DeepJson.Document), static value => value.GetRawText(), static (_, _) => true));
        AddReference(new TextForm<string>(static cell => cell.Text, static value => value, static (_, isJson) => isJson));
        AddReference(new TextForm<byte[]>(static cell => BytesText.Read(cell.Word), BytesText.Of));
        AddReference(new TextForm<IPAddress>(static cell => NetworkText.ReadAddress(cell.Text), static value => value.ToString()));
        AddReference(new TextForm<JsonDocument>(static cell => JsonDocument.Parse(cell.Json, DeepJson.Document), static value => value.RootElement.GetRawText(), static (_, _) => true));
    }

    public static IWireForm? Find(Type type) => All.GetValueOrDefault(type);

    private static string Number<T>(T value)
        where T : IFormattable
        => value.ToString(format: null, CultureInfo.InvariantCulture);

    private static void AddRange<T>()
        where T : struct
        => AddValue(new TextForm<NpgsqlRange<T>>(
            static cell => RangeText.Read(cell.Text, WireForm<T>.Required), static value => RangeText.Of(value, WireForm<T>.Required)));

    private static void AddValue<T>(WireForm<T> form)
        where T : struct
    {
        var orNull = new NullableForm<T>(form);
        All.Add(typeof(T), form);
        All.Add(typeof(T?), orNull);
        All.Add(typeof(T[]), new ArrayForm<T>(form));
        All.Add(typeof(T?[]), new ArrayForm<T?>(orNull));
    }

    private static void AddReference<T>(WireForm<T> form)
        where T : class
    {
        All.Add(typeof(T), form);
        All.Add(typeof(T[]), new ArrayForm<T>(form));
    }
}
