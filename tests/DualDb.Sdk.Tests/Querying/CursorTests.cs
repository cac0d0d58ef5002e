using DualDb.Querying;

namespace DualDb.Sdk.Tests.Querying;

public class CursorTests
{
    private static readonly byte[] Fingerprint = [1, 2, 3, 4, 5, 6, 7, 8];

    private static readonly OrderTerm<Thing>[] Order = [OrderTerm<Thing>.By(Thing.TextColumn), OrderTerm<Thing>.By(Thing.NumberColumn)];

    [Fact]
    public void Reads_what_was_written()
    {
        foreach (var direction in new[] { CursorDirection.Forward, CursorDirection.Backward, CursorDirection.IncludingPlace, CursorDirection.Backward | CursorDirection.IncludingPlace })
        {
            foreach (var (text, number) in new[] { ("a", 1), (null, int.MinValue), ("", 0), ("ä😀\n", int.MaxValue), (new string('x', 10_000), -1) })
            {
                var place = Cursor.Read(Cursor.Write(direction, Fingerprint, Values(text, number)), Fingerprint, Order, Thing.Info);
                Assert.Equal(direction, place.Direction);
                Assert.Equal(text is null, place.Values[0].IsNull);
                Assert.Equal(Values(text, number), place.Bytes);
            }
        }
    }

    [Fact]
    public void Refuses_every_other_text()
    {
        var cursor = Cursor.Write(CursorDirection.Forward, Fingerprint, Values("a", 1));
        for (var i = 0; i < cursor.Length; i++)
        {
            foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n\0ä".Where(other => other != cursor[i]))
            {
                Assert.Throws<InvalidCursorException>(() => Read(cursor[..i] + c + cursor[(i + 1)..]));
            }

            Assert.Throws<InvalidCursorException>(() => Read(cursor[..i]));
            Assert.Throws<InvalidCursorException>(() => Read(cursor.Insert(i, " ")));
            Assert.Throws<InvalidCursorException>(() => Read(cursor.Remove(i, 1)));
        }

        Assert.Throws<InvalidCursorException>(() => Read(cursor + "="));
        Assert.Throws<InvalidCursorException>(() => Read(cursor + "=="));
    }

    [Fact]
    public void Refuses_values_that_its_order_does_not_have()
    {
        byte[] tooMany = [.. Values("a", 1), 0];
        byte[][] bad = [[], [1], [1, 200], Values("a", 1)[..^1], tooMany, [1, 1, 0xFF, 1, 0, 0, 0, 0]];
        foreach (var values in bad)
        {
            var refused = Assert.Throws<InvalidCursorException>(() => Read(Cursor.Write(CursorDirection.Forward, Fingerprint, values)));
            Assert.Contains("Thing", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Neon", refused.Message, StringComparison.Ordinal);
        }

        var other = Cursor.Write(CursorDirection.Forward, [1, 2, 3, 4, 5, 6, 7, 9], Values("a", 1));
        Assert.Contains("another query", Assert.Throws<InvalidCursorException>(() => Read(other)).Message, StringComparison.Ordinal);
    }

    private static CursorPlace Read(string cursor) => Cursor.Read(cursor, Fingerprint, Order, Thing.Info);

    private static byte[] Values(string? text, int number)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Thing.TextColumn.Codec.Write(writer, text);
        Thing.NumberColumn.Codec.Write(writer, number);
        writer.Flush();
        return stream.ToArray();
    }
}
