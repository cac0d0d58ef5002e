using DualDb.Caching;

namespace DualDb.Sdk.Tests.Caching.Payloads;

/// <summary>Usual values take few bytes, and nothing is lost by growing.</summary>
public sealed class PayloadSizeTests
{
    [Fact]
    public void Usual_values_take_few_bytes()
    {
        Assert.Equal(1, SizeOf(static (ref writer) => writer.Write(-64)));
        Assert.Equal(2, SizeOf(static (ref writer) => writer.Write(8_191)));
        Assert.Equal(4, SizeOf(static (ref writer) => writer.Write(12_345.67m)));
        Assert.Equal(2, SizeOf(static (ref writer) => writer.Write(new DateOnly(2040, 1, 1))));
        Assert.Equal(5, SizeOf(static (ref writer) => writer.Write(new DateTime(2000, 1, 1, 12, 30, 59, DateTimeKind.Utc))));
        Assert.Equal(7, SizeOf(static (ref writer) => writer.Write(new DateTimeOffset(2027, 3, 4, 5, 6, 7, 123, 456, TimeSpan.Zero))));
        Assert.Equal(8, SizeOf(static (ref writer) => writer.Write(new DateTimeOffset(2040, 3, 4, 5, 6, 7, 123, 456, TimeSpan.Zero))));
        Assert.Equal(9, SizeOf(static (ref writer) => writer.Write(DateTime.MaxValue)));
        Assert.Equal(6, SizeOf(static (ref writer) => writer.Write("hello")));
        Assert.Equal(1, SizeOf(static (ref writer) => writer.WriteOrNull(default(decimal?))));
    }

    [Fact]
    public void The_offset_of_an_instant_is_left_out()
    {
        var writer = new PayloadWriter(16);
        writer.Write(new DateTimeOffset(2024, 10, 27, 2, 30, 0, TimeSpan.FromHours(2)));
        var reader = new PayloadReader(writer.Written);

        var read = reader.ReadDateTimeOffset();

        Assert.Equal(new DateTimeOffset(2024, 10, 27, 0, 30, 0, TimeSpan.Zero), read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
        writer.Dispose();
    }

    [Fact]
    public void Many_values_come_back_in_their_order_whatever_the_buffer_began_with()
    {
        var writer = new PayloadWriter(0);
        for (var number = 0; number < 10_000; number++)
        {
            writer.Write(number);
            writer.Write(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var reader = new PayloadReader(writer.Written);
        for (var number = 0; number < 10_000; number++)
        {
            Assert.Equal(number, reader.ReadInt32());
            Assert.Equal(number, int.Parse(reader.ReadString(), System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(0, reader.Remaining);
        writer.Dispose();
        Assert.Equal(0, writer.Written.Length);
    }

    [Fact]
    public void Writing_and_reading_numbers_allocates_nothing()
    {
        WriteAndRead();
        var before = GC.GetAllocatedBytesForCurrentThread();

        WriteAndRead();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void WriteAndRead()
    {
        var writer = new PayloadWriter(64);
        writer.Write(42L);
        writer.Write(1.50m);
        writer.WriteOrNull((int?)7);
        writer.Write(Guid.AllBitsSet);
        var reader = new PayloadReader(writer.Written);
        _ = reader.ReadInt64();
        _ = reader.ReadDecimal();
        _ = reader.IsNull() ? default(int?) : reader.ReadInt32();
        _ = reader.ReadGuid();
        writer.Dispose();
    }

    private delegate void Writing(ref PayloadWriter writer);

    private static int SizeOf(Writing write)
    {
        var writer = new PayloadWriter(16);
        write(ref writer);
        var size = writer.Written.Length;
        writer.Dispose();
        return size;
    }
}
