using System.Net;
using System.Numerics;
using DualDb.Caching;

namespace DualDb.Sdk.Tests.Caching.Payloads;

/// <summary>One text for all that PostgreSQL holds for equal, and never one text for two keys.</summary>
public sealed class KeyTextTests
{
    [Fact]
    public void Values_that_are_equal_in_PostgreSQL_have_one_text()
    {
        var day = new DateTime(2024, 10, 27, 0, 30, 0, 123, 456, DateTimeKind.Utc);

        Assert.Equal(Text(static (ref text) => text.Add(1m)), Text(static (ref text) => text.Add(1.00m)));
        Assert.Equal(Text(static (ref text) => text.Add(0m)), Text(static (ref text) => text.Add(decimal.Negate(0.00m))));
        Assert.Equal(Text(static (ref text) => text.Add(0d)), Text(static (ref text) => text.Add(-0d)));
        Assert.Equal(Text(static (ref text) => text.Add(0f)), Text(static (ref text) => text.Add(-0f)));
        Assert.Equal(Text(static (ref text) => text.Add(double.NaN)), Text(static (ref text) => text.Add(BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001))));
        Assert.Equal(
            Text((ref text) => text.Add(new DateTimeOffset(day))),
            Text((ref text) => text.Add(new DateTimeOffset(day).ToOffset(TimeSpan.FromHours(5)).AddTicks(7))));
        Assert.Equal(Text((ref text) => text.Add(day)), Text((ref text) => text.Add(day.AddTicks(9))));
        Assert.Equal(Text(static (ref text) => text.Add(new TimeOnly(10))), Text(static (ref text) => text.Add(new TimeOnly(19))));
        Assert.Equal(Text(static (ref text) => text.Add(TimeSpan.FromTicks(-10))), Text(static (ref text) => text.Add(TimeSpan.FromTicks(-19))));
        Assert.Equal(Text(static (ref text) => text.Add(IPAddress.Parse("fe80::1%3"))), Text(static (ref text) => text.Add(IPAddress.Parse("fe80::1"))));
    }

    [Fact]
    public void Values_that_differ_have_different_texts()
    {
        string[] texts =
        [
            Text(static (ref text) => text.Add(IPAddress.Parse("::ffff:10.0.0.1"))),
            Text(static (ref text) => text.Add(IPAddress.Parse("10.0.0.1"))),
            Text(static (ref text) => text.Add(IPNetwork.Parse("10.0.0.0/8"))),
            Text(static (ref text) => text.Add(IPNetwork.Parse("10.0.0.0/9"))),
            Text(static (ref text) => text.Add(DateTime.MaxValue)),
            Text(static (ref text) => text.Add(DateTime.MaxValue.AddTicks(-9))),
            Text(static (ref text) => text.Add(DateTime.MinValue)),
            Text(static (ref text) => text.Add(DateOnly.MinValue)),
            Text(static (ref text) => text.Add(decimal.MaxValue)),
            Text(static (ref text) => text.Add(decimal.MaxValue - 1)),
            Text(static (ref text) => text.Add(0.0000000000000000000000000001m)),
            Text(static (ref text) => text.Add(0.1f)),
            Text(static (ref text) => text.Add(0.1f + float.Epsilon + 1e-8f)),
            Text(static (ref text) => text.Add("a")),
            Text(static (ref text) => text.Add("A")),
            Text(static (ref text) => text.Add("a ")),
            Text(static (ref text) => text.Add("")),
            Text(static (ref text) => text.Add(true)),
            Text(static (ref text) => text.Add(false)),
            Text(static (ref text) => text.Add(long.MinValue + 1)),
            Text(static (ref text) => text.Add(BigInteger.Pow(10, 300))),
            Text(static (ref text) => text.Add(Guid.Empty)),
        ];

        Assert.Distinct(texts);
    }

    [Fact]
    public void Two_keys_of_several_texts_never_share_a_text()
    {
        // Few characters, those that separate and those that lengths are written with, so that what can look alike does.
        var random = new Random(20260101);
        var seen = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal);
        for (var round = 0; round < 50_000; round++)
        {
            var key = (Part(random), Part(random), Part(random));
            var text = Text((ref text) =>
            {
                text.Add(key.Item1);
                text.Add(key.Item2);
                text.Add(key.Item3);
            });
            if (!seen.TryAdd(text, key))
            {
                Assert.Equal(seen[text], key);
            }
        }

        Assert.True(seen.Count > 10_000);
    }

    [Fact]
    public void Parts_follow_words_and_one_another_behind_colons()
        => Assert.Equal(
            "shop:Order:42:3:a:b:t:1.5",
            Text(static (ref text) =>
            {
                text.AddWord("shop");
                text.AddWord("Order");
                text.Add(42);
                text.Add("a:b");
                text.Add(true);
                text.Add(1.50m);
            }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    public void A_long_key_is_written_whole(int room)
    {
        var value = new string('k', 10_240);
        var text = new KeyText(new char[room]);
        text.Add(value);
        text.Add(Guid.Empty);
        text.Add(value);

        Assert.Equal($"10240:{value}:{Guid.Empty}:10240:{value}", text.ToString());
        text.Dispose();
        Assert.Equal(0, text.Written.Length);
    }

    [Fact]
    public void A_short_key_allocates_nothing()
    {
        Format();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Format();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Format()
    {
        var text = new KeyText(stackalloc char[200]);
        text.AddWord("shop");
        text.Add(long.MaxValue);
        text.Add(Guid.AllBitsSet);
        text.Add("text");
        text.Add(1.50m);
        text.Add(DateTimeOffset.UnixEpoch);
        text.Add(IPAddress.Loopback);
        text.Dispose();
    }

    private delegate void Adding(ref KeyText text);

    private static string Text(Adding add)
    {
        var text = new KeyText(stackalloc char[40]);
        add(ref text);
        var written = text.ToString();
        text.Dispose();
        return written;
    }

    private static string Part(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => ":012"[random.Next(4)]));
}
