using DualDb.Caching;

namespace DualDb.Sdk.Tests.Caching.Payloads;

/// <summary>Every type comes back as it went in, and whatever else the bytes are, they are refused in one way.</summary>
public sealed class PayloadTests
{
    private const int Seed = 20260101;

    public static TheoryData<string> Names => [.. Kinds.All.Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_comes_back_as_it_was(string name)
        => Assert.All(Kind(name).RoundTrips(new Random(Seed), 500), static trip => Assert.Equal(trip.Written, trip.Read));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_that_is_cut_off_anywhere_is_refused(string name)
    {
        foreach (var payload in Kind(name).Payloads(new Random(Seed), 30).Where(static payload => payload.Length < 10_000))
        {
            for (var length = 0; length < payload.Length; length++)
            {
                Assert.Throws<PayloadException>(() => Kind(name).Read(payload[..length]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_that_goes_on_is_refused(string name)
        => Assert.All(
            Kind(name).Payloads(new Random(Seed), 30),
            payload => Assert.Throws<PayloadException>(() => Kind(name).Read([.. payload, 0])));

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_bytes_are_a_value_or_refused_and_take_little_memory(string name)
    {
        var kind = Kind(name);
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            refused += ReadsWithin(kind, Garbage(random), 4 * 1024 * 1024) ? 0 : 1;
        }

        // Random bytes are hardly ever followed by nothing: were none refused, nothing would be checked.
        Assert.True(refused > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_payload_with_a_changed_byte_is_a_value_or_refused(string name)
    {
        var kind = Kind(name);
        var random = new Random(Seed);
        foreach (var payload in kind.Payloads(random, 100).Where(static payload => payload.Length > 0))
        {
            for (var round = 0; round < 20; round++)
            {
                var damaged = payload.ToArray();
                damaged[random.Next(Math.Min(damaged.Length, 300))] = (byte)random.Next();
                ReadsWithin(kind, damaged, 8 * 1024 * 1024);
            }
        }
    }

    [Theory]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0x07)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0x0F)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02)]
    [InlineData(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01)]
    public void A_length_beyond_what_remains_is_refused_before_anything_is_allocated(params int[] length)
    {
        byte[] payload = [.. length.Select(static part => (byte)part), 1, 2, 3];
        foreach (var kind in Kinds.All.Where(static kind => kind.Name is "string" or "byte[]" or "BigInteger" or "JsonElement" or "int[]" or "strings"))
        {
            Assert.False(ReadsWithin(kind, payload, 64 * 1024), kind.Name);
        }
    }

    [Fact]
    public void Elements_that_are_not_there_are_not_allocated()
    {
        // As many elements as bytes remain, but of sixteen bytes each.
        var payload = new byte[10_000_004];
        Assert.Equal(4, WriteLength(payload, 10_000_000));

        Assert.False(ReadsWithin(Kinds.All.Single(static kind => kind.Name == "ImmutableArray<Guid>?"), [0, .. payload], 64 * 1024 * 1024));
    }

    private static int WriteLength(byte[] payload, uint length)
    {
        var writer = new PayloadWriter(8);
        writer.Write(length);
        writer.Written.CopyTo(payload);
        var size = writer.Written.Length;
        writer.Dispose();
        return size;
    }

    private static Kind Kind(string name) => Kinds.All.Single(kind => kind.Name == name);

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);

        // Small numbers lead further into a value than large ones.
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = random.Next(2) == 0 ? bytes[i] : (byte)(bytes[i] & 7);
        }

        return bytes;
    }

    // Whether it is a value; another exception fails the test.
    private static bool ReadsWithin(Kind kind, byte[] payload, long bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            kind.Read(payload);
            return true;
        }
        catch (PayloadException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes);
        }
    }
}
