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
    public void May_hold_documents_as_deep_as_postgres_takes_them()
    {
        var document = string.Concat(Enumerable.Repeat("{\"a\":[", 1_000)) + string.Concat(Enumerable.Repeat("]}", 1_000));
        var bytes = Encoding.UTF8.GetBytes($$"""{"id":{{document}}}""");
        var row = new JsonRow(new RowShape([new("id", CellUse.Document)]));

        Assert.True(row.TryTake(bytes, 0, bytes.Length, out _));
        Assert.Equal(document, row.ReadText(0));
        Assert.Equal(document, row.Read<JsonElement>(0).GetRawText());
        Assert.Equal(document, Cell.Write(document, isJson: true));
        Assert.Single(Cell.Read<string[]>($"[{document}]", isDocument: true));
    }

    [Theory]
    [InlineData("{\"a\":1},\"more\":2")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{} {}")]
    public void A_text_that_is_no_document_is_not_written_as_one(string text) => Assert.ThrowsAny<JsonException>(() => Cell.Write(text, isJson: true));

    [Fact]
    public void Rows_that_postgres_holds_for_equal_are_alike()
    {
        static string Of(string json)
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            var row = new JsonRow(new RowShape([new("n"), new("t", IsCaseless: true)]));
            row.TryTake(bytes, 0, bytes.Length, out _);
            return row.ToString();
        }

        Assert.Equal(Of("""{"n":1.0,"t":"Oslo"}"""), Of("""{"n":1.00,"t":"OSLO"}"""));
        Assert.NotEqual(Of("""{"n":1.0,"t":"Oslo"}"""), Of("""{"n":1.1,"t":"Oslo"}"""));
        Assert.NotEqual(Of("""{"n":1,"t":"Oslo"}"""), Of("""{"n":"1","t":"Oslo"}"""));
    }

    [Fact]
    public void Hands_out_one_text_for_those_that_rows_repeat()
    {
        var bytes = """{"id":1,"text":"Trondheim","note":null,"tags":"x"}"""u8.ToArray();
        var row = new JsonRow(Shape);
        row.TryTake(bytes, 0, bytes.Length, out _);

        Assert.Same(row.ReadText(1), row.ReadText(1));
    }
}
