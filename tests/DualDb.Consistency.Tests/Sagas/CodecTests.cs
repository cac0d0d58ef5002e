using System.Text.Json;
using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>What is written can be read again.</summary>
public sealed class CodecTests
{
    private static readonly SagaCodec<JsonElement> Codec = new(
        "json", static (writer, value) => value.WriteTo(writer), static (ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader));

    [Fact]
    public void What_is_nested_as_deep_as_can_be_read_is_written()
    {
        var nested = new string('[', 64) + new string(']', 64);
        Assert.Equal(nested, Codec.Decode(Codec.Encode(Parse(nested))).GetRawText());
    }

    [Fact]
    public void What_is_nested_deeper_is_refused_where_it_is_written()
        => Assert.Throws<InvalidOperationException>(() => Codec.Encode(Parse(new string('[', 65) + new string(']', 65))));

    private static JsonElement Parse(string text) => JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
}
