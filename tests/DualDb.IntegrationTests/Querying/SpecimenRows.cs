using System.Text.Json;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Rows at random, of values that comparisons are known to stumble over.</summary>
internal sealed class SpecimenRows(Random random)
{
    public static readonly string[] Texts =
    [
        "", " ", "a", "A", "b", "ab", "aB", "a%b", "a_b", "a\\b", "%", "_", "\\", "ä", "z", "Zz", "100%", "ภาษาไทย", "日本", "\uE000", "\uFFFD", "😀", "a😀", "𝒳", "0", "-1", "null", "'", "\"", "a\tb", "a\nb",
    ];

    public static readonly double[] Doubles = [0, -0.0, 1, -1, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 1e-10, 3.5];
    public static readonly float[] Floats = [0, -0.0f, 1, -1, 0.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue];
    public static readonly decimal[] Decimals = [0m, 0.0m, 1m, 1.00m, -1m, 0.5m, 99.99m, 100m, 79228162514264337593543950335m, -79228162514264337593543950335m, 0.0000000001m];
    public static readonly int[] Integers = [0, 1, -1, 2, 3, 7, 100, int.MaxValue, int.MinValue];

    public static readonly DateTimeOffset[] Moments =
    [
        DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(1999, 12, 31, 23, 59, 59, 999, 999, TimeSpan.Zero), new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new(2024, 2, 29, 23, 30, 0, TimeSpan.FromHours(7)), new(2024, 3, 1, 0, 0, 0, 0, 1, TimeSpan.Zero), new(1815, 6, 18, 11, 35, 59, TimeSpan.Zero),
    ];

    public static readonly DateOnly[] Days = [DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29), new(2000, 1, 1), new(1999, 12, 31), new(1, 1, 2)];
    public static readonly TimeOnly[] Times = [TimeOnly.MinValue, new(23, 59, 59, 999, 999), new(12, 0), new(0, 0, 0, 0, 1)];
    public static readonly TimeSpan[] Spans = [TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromHours(24), TimeSpan.FromHours(-1), TimeSpan.FromMicroseconds(1), TimeSpan.FromDays(400)];
    public static readonly Guid[] Codes = [Guid.Empty, new("00000000-0000-0000-0000-000000000001"), new("ffffffff-ffff-ffff-ffff-ffffffffffff"), new("80000000-0000-0000-0000-000000000000"), new("7fffffff-0000-0000-0000-000000000000")];
    public static readonly byte[][] ByteRows = [[], [0], [255], [1, 2], [1, 2, 3], [127]];

    public static readonly string[] Documents =
    [
        "null", "1", "1.0", "\"a\"", "[]", "{}", "[1,2,3]", "[1,[2]]", "{\"a\":1}", "{\"a\":1.00,\"b\":null}", "{\"a\":{\"b\":[1,{\"c\":\"x\"}]}}", "{\"a\":true}", "{\"a\":\"1\"}", "[\"a\",\"b\"]",
        "{\"aa\":1,\"b\":[ ],\"ä\":\"\\u00e4 \\\" \\n\"}", "{\"a\":1e2}", "{\"a\":-0.0}", "{\"a\":{}}",
    ];

    public Specimen Next(long id) => new()
    {
        Id = id,
        Name = One(Texts),
        Note = Perhaps(Texts),
        Count = One(Integers),
        Rank = PerhapsValue(Integers),
        Price = One(Decimals),
        Discount = PerhapsValue(Decimals),
        Weight = One(Doubles),
        Height = PerhapsValue(Doubles),
        Ratio = One(Floats),
        IsActive = random.Next(2) == 0,
        IsChecked = PerhapsValue([true, false]),
        Code = One(Codes),
        SeenAt = One(Moments),
        SoldAt = PerhapsValue(Moments),
        Born = PerhapsValue(Days),
        Opens = PerhapsValue(Times),
        Lasts = PerhapsValue(Spans),
        Weekday = (DayOfWeek)random.Next(7),
        Named = PerhapsValue(Enum.GetValues<DayOfWeek>()),
        Bytes = Perhaps(ByteRows),
        Tags = random.Next(4) == 0 ? null : [.. Many(Texts)],
        Marks = random.Next(4) == 0 ? null : [.. Many(Integers).Select(mark => random.Next(4) == 0 ? (int?)null : mark)],
        Details = random.Next(5) == 0 ? null : JsonElement.Parse(One(Documents)),
    };

    public T One<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public T? Perhaps<T>(IReadOnlyList<T> values)
        where T : class
        => random.Next(4) == 0 ? null : One(values);

    public T? PerhapsValue<T>(IReadOnlyList<T> values)
        where T : struct
        => random.Next(4) == 0 ? null : One(values);

    public IEnumerable<T> Many<T>(IReadOnlyList<T> values)
    {
        var count = random.Next(4);
        for (var i = 0; i < count; i++)
        {
            yield return One(values);
        }
    }
}
