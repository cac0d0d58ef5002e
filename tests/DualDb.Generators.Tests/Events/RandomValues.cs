using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Text.Json;

namespace DualDb.Generators.Tests.Events;

/// <summary>Makes values of any type that an event may hold, the awkward ones more often than the others.</summary>
internal sealed class RandomValues(int seed)
{
    private static readonly string[] Texts = ["", " ", "a", "\0", "\"\\/\b\f\n\r\t", "日本語 😀", "</script>", "\u2028\u2029", "ÄÖÜß", "null", new string('x', 3000)];

    private static readonly double[] Doubles =
        [0, -0.0, 1, -1.5, 0.1, double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-300, 123456789.123456789];

    private static readonly decimal[] Decimals = [0m, 1.10m, -0.00000001m, decimal.MaxValue, decimal.MinValue, 79228162514264337593543950335m, 0.0000000000000000000000000001m];

    private readonly NullabilityInfoContext _nullability = new();
    private readonly Random _random = new(seed);
    private int _depth;

    // What a type argument says about null is not to be found out at run time.
    private bool _isGeneric;

    public object Of(Type type)
    {
        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.Length == 0 || _random.Next(4) == 0 ? Enum.ToObject(type, Bits(8)[0]) : values.GetValue(_random.Next(values.Length))!;
        }

        return Scalar(type) ?? Object(type);
    }

    private object? Scalar(Type type) => type switch
    {
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(char) => (char)_random.Next(char.MaxValue + 1),
        _ when type == typeof(sbyte) => Pick(sbyte.MinValue, sbyte.MaxValue, (sbyte)Bits(1)[0]),
        _ when type == typeof(byte) => Pick(byte.MinValue, byte.MaxValue, Bits(1)[0]),
        _ when type == typeof(short) => Pick(short.MinValue, short.MaxValue, BitConverter.ToInt16(Bits(2))),
        _ when type == typeof(ushort) => Pick(ushort.MinValue, ushort.MaxValue, BitConverter.ToUInt16(Bits(2))),
        _ when type == typeof(int) => Pick(int.MinValue, int.MaxValue, BitConverter.ToInt32(Bits(4))),
        _ when type == typeof(uint) => Pick(uint.MinValue, uint.MaxValue, BitConverter.ToUInt32(Bits(4))),
        _ when type == typeof(long) => Pick(long.MinValue, long.MaxValue, BitConverter.ToInt64(Bits(8))),
        _ when type == typeof(ulong) => Pick(ulong.MinValue, ulong.MaxValue, BitConverter.ToUInt64(Bits(8))),
        _ when type == typeof(float) => Pick((float)Pick(Doubles), BitConverter.ToSingle(Bits(4)), float.Epsilon),
        _ when type == typeof(double) => Pick(Pick(Doubles), BitConverter.ToDouble(Bits(8))),
        _ when type == typeof(decimal) => Pick(Pick(Decimals), new decimal(_random.Next(), _random.Next(), _random.Next(), _random.Next(2) == 0, (byte)_random.Next(29))),
        _ when type == typeof(BigInteger) => new BigInteger(Bits(_random.Next(40))),
        _ when type == typeof(string) => Text(),
        _ when type == typeof(Guid) => Pick(Guid.Empty, new Guid(Bits(16))),
        _ when type == typeof(byte[]) => Bits(_random.Next(20)),
        _ when type == typeof(Uri) => new Uri(Pick("https://example.org/a?b=c#d", "relative/päth", "", "mailto:a@b.c"), UriKind.RelativeOrAbsolute),
        _ when type == typeof(DateTime) => new DateTime(Pick(0, DateTime.MaxValue.Ticks, _random.NextInt64(DateTime.MaxValue.Ticks)), Pick(DateTimeKind.Utc, DateTimeKind.Unspecified)),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(_random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(_random.Next(-840, 841))),
        _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(Pick(0, DateOnly.MaxValue.DayNumber, _random.Next(DateOnly.MaxValue.DayNumber))),
        _ when type == typeof(TimeOnly) => new TimeOnly(Pick(0, TimeOnly.MaxValue.Ticks, _random.NextInt64(TimeSpan.TicksPerDay))),
        _ when type == typeof(TimeSpan) => Pick(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, new TimeSpan(BitConverter.ToInt64(Bits(8)))),
        _ when type == typeof(IPAddress) => Pick(IPAddress.Loopback, IPAddress.IPv6Any, new IPAddress(Bits(16))),
        _ when type == typeof(IPNetwork) => Pick(IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")),
        _ when type == typeof(JsonElement) => JsonDocument.Parse(Pick("1", "\"x\"", "{\"a\":[1,null,{}]}", "[]", "true")).RootElement,
        _ when type == typeof(JsonDocument) => JsonDocument.Parse(Pick("1", "{\"a\":[1,null,{}]}")),
        _ => null,
    };

    private object Object(Type type)
    {
        if (type.IsArray)
        {
            var items = Items(type.GetElementType()!, null);
            return items.ToArray(type.GetElementType()!);
        }

        throw new NotSupportedException($"{type} is made where its nullability is known.");
    }

    /// <summary>A value of a parameter or property, null included where it may be.</summary>
    public object? Of(NullabilityInfo info)
    {
        if (info.ReadState != NullabilityState.NotNull && !_isGeneric && (_depth > 6 || _random.Next(3) == 0))
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum || Scalar(type) is not null)
        {
            return Of(type);
        }

        if (type.IsArray)
        {
            return Items(type.GetElementType()!, info.ElementType).ToArray(type.GetElementType()!);
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            return Collection(type, info);
        }

        return Make(type);
    }

    /// <summary>An object, by its longest constructor, and all that can be set besides.</summary>
    public object Make(Type type)
    {
        _depth++;
        var wasGeneric = _isGeneric;
        _isGeneric = type.IsGenericType;
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var constructor = type.GetConstructors().Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type).MaxBy(static candidate => candidate.GetParameters().Length);
        var value = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(_nullability.Create(parameter)))]);
        foreach (var property in type.GetProperties(All).Where(static property => property.SetMethod is not null && property.GetMethod is not null))
        {
            if (constructor?.GetParameters().Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)) != true
                && property.PropertyType != typeof(object)
                && (property.GetMethod!.IsPublic || property.Name == "Included"))
            {
                property.SetValue(value, Of(_nullability.Create(property)));
            }
        }

        (_depth, _isGeneric) = (_depth - 1, wasGeneric);
        return value;
    }

    private object Collection(Type type, NullabilityInfo info)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            for (var i = Count(); i > 0; i--)
            {
                map[Text()] = Of(info.GenericTypeArguments[1]);
            }

            return map;
        }

        var items = Items(arguments[0], info.GenericTypeArguments[0]);
        return type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? typeof(ImmutableArray).GetMethods().Single(static method => method is { Name: nameof(ImmutableArray.Create) } && method.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(arguments[0]).Invoke(null, [items.ToArray(arguments[0])])!
            : items;
    }

    private IList Items(Type element, NullabilityInfo? info)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        for (var i = Count(); i > 0; i--)
        {
            list.Add(info is null ? Of(element) : Of(info));
        }

        return list;
    }

    private int Count() => _depth > 4 ? 0 : _random.Next(4);

    private string Text() => Pick(Pick(Texts), new string([.. Bits(_random.Next(12)).Select(static bits => (char)(bits + 20))]));

    private byte[] Bits(int count)
    {
        var bits = new byte[count];
        _random.NextBytes(bits);
        return bits;
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}

internal static class Lists
{
    public static Array ToArray(this IList list, Type element)
    {
        var array = Array.CreateInstance(element, list.Count);
        list.CopyTo(array, 0);
        return array;
    }
}
