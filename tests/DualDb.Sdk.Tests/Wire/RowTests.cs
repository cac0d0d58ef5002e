using System.Text;
using System.Text.Json;
using DualDb.Mapping.Wire;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Rows are found whole, wherever the bytes that have arrived end, and however a server writes them.</summary>
public sealed class RowTests
{
    private static readonly RowShape Shape = new([new("id"), new("text"), new("note"), new("tags")]);

    [Theory]
    [InlineData("""{"id":1,"text":"a","note":null,"tags":"x"}""", "a")]
    [InlineData("""{"id":1,"text":"a\"b\\","note":null,"tags":"x"}""", "a\"b\\")]
    [InlineData("""{"id":1,"text":"}],{\u00e4","note":null,"tags":"x"}""", "}],{ä")]
    [InlineData("""{"id":1,"text":"","note":null,"tags":"x"}""", "")]
    [InlineData("""{ "id" : 1, "text" : "spaced", "note" : null, "tags" : "x" }""", "spaced")]
    [InlineData("""{"tags":"x","note":null,"text":"turned","id":1}""", "turned")]
    [InlineData("""{"id":1,"more":{"a":[1,2]},"text":"more","note":null,"tags":["x"]}""", "more")]
    public void Is_found_whole_and_not_before_it_has_arrived(string json, string text)
    {
        var bytes = Encoding.UTF8.GetBytes("," + json + ",{");
        var row = new JsonRow(Shape);

        for (var length = 0; length < bytes.Length - 3; length++)
        {
            Assert.False(row.TryTake(bytes, 1, length, out _));
        }

        Assert.True(row.TryTake(bytes, 1, bytes.Length - 1, out var taken));
        Assert.Equal(bytes.Length - 3, taken);
        Assert.Equal((1, text, true), (row.Read<int>(0), row.ReadText(1), row.IsNull(2)));
    }

    [Theory]
    [InlineData("""{"id":1,"text":"a","note":null}""")]
    [InlineData("""{"id":1 junk,"text":"a","note":null,"tags":"x"}""")]
    [InlineData("""{"id":nul,"text":"a","note":null,"tags":"x"}""")]
    [InlineData("""["id"]""")]
    public void Is_refused_where_it_is_none(string json)
        => Assert.ThrowsAny<JsonException>(() => new JsonRow(Shape).TryTake(Encoding.UTF8.GetBytes(json), 0, json.Length, out _));

    [Fact]
    public void Hands_out_one_text_for_those_that_rows_repeat()
    {
        var bytes = """{"id":1,"text":"Trondheim","note":null,"tags":"x"}"""u8.ToArray();
        var row = new JsonRow(Shape);
        row.TryTake(bytes, 0, bytes.Length, out _);

        Assert.Same(row.ReadText(1), row.ReadText(1));
    }
}
