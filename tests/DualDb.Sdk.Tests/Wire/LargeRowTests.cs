using System.Text;
using DualDb.Mapping;
using DualDb.Mapping.Wire;
using DualDb.Rest;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Rows that come in many pieces, and far larger than usual.</summary>
public sealed class LargeRowTests
{
    private const int Megabyte = 1024 * 1024;

    // Reading them anew with every piece would take minutes.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("""{"a":1},""")]
    [InlineData("\"some text, as long as others\",")]
    public async Task A_large_document_is_read_in_the_time_that_its_size_takes(string item)
    {
        var document = "[" + string.Concat(Enumerable.Repeat(item, 8 * Megabyte / item.Length)) + "1]";
        await using var rows = Open($$"""[{"doc":{{document}}},{"doc":[2]}]""", pieces: 2 * 1024);

        var read = Task.Run(
            async () =>
            {
                Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
                Assert.Equal(document.Length, rows.Current.GetString(0).Length);
                Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
                Assert.Equal("[2]", rows.Current.GetString(0));
                Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
            },
            TestContext.Current.CancellationToken);
        await read.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40_000)]
    public async Task Pieces_of_any_size_make_the_same_rows(int pieces)
    {
        var expected = Enumerable.Range(0, 40).Select(static number => $"\"{new string('x', number * 100)}\"").ToArray();
        await using var rows = Open("[" + string.Join(',', expected.Select(static text => $$"""{"doc":{{text}}}""")) + "]", pieces);

        foreach (var text in expected)
        {
            Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(text, rows.Current.GetString(0));
        }

        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_large_row_that_breaks_off_is_told()
    {
        await using var rows = Open("""[{"doc":[""" + string.Concat(Enumerable.Repeat("1,", Megabyte)), pieces: 1_000);
        await Assert.ThrowsAsync<IOException>(async () => await rows.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static RestRows Open(string json, int pieces)
        => new(new HttpResponseMessage(), new Pieces(Encoding.UTF8.GetBytes(json), pieces), new RowShape([new("doc", CellUse.Document)]));

    /// <summary>A body of which so many bytes come at once.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
