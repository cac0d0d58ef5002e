using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DualDb.Shapes;

/// <summary>Values that break naive code, by number, so that rows 0 to 11 hold all of them.</summary>
public static class Samples
{
    /// <summary>What all cached shapes are invalidated by where a test writes around the root.</summary>
    public const string CacheTag = "shapes";

    private static readonly string[] Texts =
    [
        "plain", "", "it's \"quoted\"", @"back\slash \n \\", "{a,b,NULL}", "NULL", "naïve Größe 中文 עברית", "👩‍👩‍👧 🇫🇮 𝒳", "tab\tline\nend\r\n", " both sides ",
        "$1 %s ; drop table x -- /* */", "e\u0301 \u200b\ufeff\u202e",
    ];

    private static readonly decimal[] Decimals =
    [
        0m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -0.01m, 1234567890.123456789m, 1m, 7922816251426433759354395.0335m, 100000m, 1.10m, -1m, 3.14m,
    ];

    private static readonly double[] Doubles =
    [
        0d, -0d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 0.1, 1e-300, Math.PI, 9007199254740993d,
    ];

    private static readonly float[] Floats =
    [
        0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, 0.1f, 1e-30f, MathF.PI, 16777217f,
    ];

    private static readonly DateTime[] Times =
    [
        new(2024, 2, 29, 23, 59, 59, 999, 999, DateTimeKind.Utc), DateTime.UnixEpoch, new(1, 1, 2, 0, 0, 0, DateTimeKind.Utc), new(9999, 12, 30, 23, 59, 59, 999, 999, DateTimeKind.Utc),
        new(2000, 1, 1, 0, 0, 0, 0, 1, DateTimeKind.Utc), new(1999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc), new(1582, 10, 10, 12, 0, 0, DateTimeKind.Utc),
        new(2038, 1, 19, 3, 14, 8, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        new(2024, 3, 31, 1, 30, 0, DateTimeKind.Utc), new(2024, 10, 27, 0, 30, 0, 123, 456, DateTimeKind.Utc),
    ];

    private static readonly TimeSpan[] Spans =
    [
        TimeSpan.Zero, new(0, 23, 59, 59, 999, 999), TimeSpan.FromMicroseconds(1), TimeSpan.FromMicroseconds(-1), TimeSpan.FromDays(10_000_000), TimeSpan.FromDays(-10_000_000),
        new(400, 1, 2, 3, 4, 5), TimeSpan.FromHours(25), TimeSpan.FromDays(30), TimeSpan.FromDays(365), TimeSpan.FromHours(-25), TimeSpan.FromMilliseconds(1),
    ];

    private static readonly BigInteger[] HugeNumbers =
    [
        BigInteger.Zero, BigInteger.Pow(10, 100), -BigInteger.Pow(10, 100), BigInteger.One, BigInteger.MinusOne, new(ulong.MaxValue), new(long.MinValue), new(10000), new(9999), new(100_000_000),
        BigInteger.Pow(2, 200), BigInteger.Pow(10, 4),
    ];

    private static readonly string[] Addresses =
    [
        "127.0.0.1", "::1", "255.255.255.255", "0.0.0.0", "2001:db8::8a2e:370:7334", "::", "10.0.0.1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ];

    private static readonly string[] Networks = ["10.0.0.0/8", "192.168.1.0/24", "0.0.0.0/0", "127.0.0.1/32", "2001:db8::/32", "::/0", "::1/128"];

    /// <summary>Hostile text; repeats after twelve.</summary>
    public static string Text(int number) => At(Texts, number);

    /// <summary>Hostile text that no other number has.</summary>
    public static string DistinctText(int number) => string.Create(CultureInfo.InvariantCulture, $"{Text(number)}#{number}");

    /// <summary>Null for every third number.</summary>
    public static T? OrNull<T>(int number, T value)
        where T : struct
        => number % 3 == 1 ? null : value;

    /// <summary>Null for every third number.</summary>
    public static T? OrNothing<T>(int number, T value)
        where T : class
        => number % 3 == 1 ? null : value;

    public static bool Flag(int number) => number % 2 == 0;

    public static T Integer<T>(int number)
        where T : INumber<T>, IMinMaxValue<T>
        => (number % 5) switch
        {
            0 => T.CreateTruncating(number),
            1 => T.MaxValue,
            2 => T.MinValue,
            3 => T.MaxValue - T.One,
            _ => T.MinValue + T.One,
        };

    public static decimal Decimal(int number) => At(Decimals, number);

    /// <summary>Fits <c>numeric(12,2)</c>.</summary>
    public static decimal Money(int number) => (number % 4) switch { 0 => number, 1 => 9_999_999_999.99m, 2 => -9_999_999_999.99m, _ => number + 0.01m };

    public static double Double(int number) => At(Doubles, number);

    public static float Float(int number) => At(Floats, number);

    public static BigInteger Huge(int number) => At(HugeNumbers, number);

    /// <summary>UTC, in whole microseconds but for the two ends of the type, which PostgreSQL keeps as its infinities.</summary>
    public static DateTime Utc(int number) => At(Times, number);

    /// <summary>Of no kind, within <c>timestamp</c>.</summary>
    public static DateTime Local(int number) => DateTime.SpecifyKind(At(Times, number), DateTimeKind.Unspecified);

    /// <summary>An instant, written with one of several offsets.</summary>
    public static DateTimeOffset Instant(int number)
    {
        var utc = new DateTimeOffset(At(Times, number));
        return utc.Year is 1 or 9999 ? utc : utc.ToOffset(TimeSpan.FromMinutes((number % 5 - 2) * 165));
    }

    public static DateOnly Date(int number) => DateOnly.FromDateTime(At(Times, number));

    public static TimeOnly Time(int number)
        => (number % 3) switch { 0 => TimeOnly.MinValue, 1 => new(23, 59, 59, 999, 999), _ => new(12, 30, 0, 0, number % 1000) };

    public static TimeSpan Span(int number) => At(Spans, number);

    public static char Character(int number) => "aß中\"\\ ',{}é\t"[number % 12];

    public static IPAddress Address(int number) => IPAddress.Parse(At(Addresses, number));

    public static IPNetwork Network(int number) => IPNetwork.Parse(At(Networks, number));

    /// <summary>The same for the same number, and for no other.</summary>
    public static Guid Id(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Fill(0xA5);
        MemoryMarshal.Write(bytes[12..], number);
        return new Guid(bytes, bigEndian: true);
    }

    public static byte[] Bytes(int number) => (number % 4) switch
    {
        0 => [],
        1 => [0],
        2 => [.. Enumerable.Range(0, 256).Select(static value => (byte)value)],
        _ => [0x5C, 0x27, 0, 0xFF, (byte)number],
    };

    /// <summary>Empty, of one element, and of several.</summary>
    public static T[] Array<T>(int number, Func<int, T> element)
        => [.. Enumerable.Range(number, (number % 4) switch { 0 => 0, 1 => 1, 2 => 13, _ => 2 }).Select(element)];

    private static T At<T>(T[] values, int number) => values[number % values.Length];
}
