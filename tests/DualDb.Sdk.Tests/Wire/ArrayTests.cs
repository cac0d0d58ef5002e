using System.Text.Json;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Lists: JSON as answers bring them, PostgreSQL's notation as it is sent; and bytes and documents, which are lists to some.</summary>
public class ArrayTests
{
    [Fact]
    public void Reads_lists_of_any_length()
    {
        Assert.Empty(Cell.Read<int[]>("[]"));
        Assert.Equal([int.MinValue, 0, int.MaxValue], Cell.Read<int[]>("[-2147483648, 0,2147483647]"));
        Assert.Equal([long.MaxValue, 1], Cell.Read<long[]>("[9223372036854775807,\"1\"]"));
        Assert.Equal<IEnumerable<int?>>([1, null, 3], Cell.Read<int?[]>("[1,null,3]"));
        Assert.Equal([true, false], Cell.Read<bool[]>("[true,\"f\"]"));
        Assert.Equal([[0x00, 0xff], []], Cell.Read<byte[][]>("""["\\x00ff","\\x"]"""));
    }

    [Fact]
    public void Texts_keep_every_character()
        => Assert.Equal<IEnumerable<string?>>(["a\"b", "NULL", "", " ", "{}", "\\", "🙂", "a\nb", null], Cell.Read<string?[]>("""["a\"b","NULL",""," ","{}","\\","\ud83d\ude42","a\nb",null]"""));

    [Theory]
    [InlineData("[[1,2],[3]]")]
    [InlineData("{}")]
    [InlineData("\"{1,2}\"")]
    [InlineData("1")]
    [InlineData("[null]")]
    public void What_is_no_such_list_is_refused(string json) => Assert.Throws<InvalidCastException>(() => Cell.Read<int[]>(json));

    [Fact]
    public void Writes_the_notation_of_postgres()
    {
        Assert.Equal("{}", Cell.TextOf(Array.Empty<int>()));
        Assert.Equal("{\"1\",\"2\"}", Cell.TextOf<int[]>([1, 2]));
        Assert.Equal("{\"1\",NULL}", Cell.TextOf<int?[]>([1, null]));
        Assert.Equal("""{"","NULL",NULL,"a\"b","\\","{,}"," "}""", Cell.TextOf<string?[]>(["", "NULL", null, "a\"b", "\\", "{,}", " "]));
        Assert.Equal("""{"\\x00ff"}""", Cell.TextOf<byte[][]>([[0x00, 0xff]]));
        Assert.Equal("""{"{\"a\":1.10}"}""", Cell.TextOf<JsonElement[]>([JsonElement.Parse("{\"a\":1.10}")]));
    }

    [Fact]
    public void Bytes_are_hexadecimal()
    {
        Assert.Empty(Cell.ReadText<byte[]>("\\x"));
        Assert.Equal([0x00, 0xff, 0x41], Cell.ReadText<byte[]>("\\x00FF41"));
        Assert.Equal("\\x00ff41", Cell.TextOf<byte[]>([0x00, 0xff, 0x41]));
        Assert.Equal("\\x", Cell.TextOf(Array.Empty<byte>()));
        Assert.Throws<FormatException>(() => Cell.ReadText<byte[]>("\\x0"));
        Assert.Throws<FormatException>(() => Cell.ReadText<byte[]>("\\x0g"));
        Assert.Throws<FormatException>(() => Cell.ReadText<byte[]>("AP9B"));
    }

    [Fact]
    public void Documents_travel_as_they_are()
    {
        Assert.Equal("{\"a\":1.10,\"b\":12345678901234567890}", Cell.Read<string>("{\"a\":1.10,\"b\":12345678901234567890}", isDocument: true));
        Assert.Equal("\"a\\nb\"", Cell.Read<string>("\"a\\nb\"", isDocument: true));
        Assert.Equal("a\nb", Cell.Read<string>("\"a\\nb\""));
        Assert.Equal("1.10", Cell.Read<JsonElement>("1.10", isDocument: true).GetRawText());
        Assert.Equal("{\"a\":1.10}", Cell.Write("{\"a\":1.10}", isJson: true));
        Assert.Equal("\"{}\"", Cell.Write("{}"));
        Assert.Equal("[1.10]", Cell.Write(JsonElement.Parse("[1.10]")));
    }
}
