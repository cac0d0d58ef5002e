using System.Text.Json;
using DualDb.Mapping;

namespace DualDb.Sdk.Tests.Querying;

/// <summary>JSON as jsonb writes it, told by examples that PostgreSQL was asked for.</summary>
public class JsonTextTests
{
    [Theory]
    [InlineData("null", null)]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\\u00e4\\n\"", "ä\n")]
    [InlineData("true", "true")]
    [InlineData("1", "1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1.00", "1.00")]
    [InlineData("1e2", "100")]
    [InlineData("1.5e1", "15")]
    [InlineData("1.50e1", "15.0")]
    [InlineData("1E-3", "0.001")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("-1.5e-2", "-0.015")]
    [InlineData("0e5", "0")]
    [InlineData("123456789012345678901234567890.5", "123456789012345678901234567890.5")]
    [InlineData("[]", "[]")]
    [InlineData("{ }", "{}")]
    [InlineData("[1,2 ,\"a\"]", "[1, 2, \"a\"]")]
    [InlineData("{\"bb\":1,\"a\":2,\"ab\":3,\"ä\":4}", "{\"a\": 2, \"ab\": 3, \"bb\": 1, \"ä\": 4}")]
    [InlineData("{\"a\":1,\"a\":2}", "{\"a\": 2}")]
    [InlineData("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\"]", "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\"]")]
    [InlineData("{\"a\":{\"b\":[null,false]}}", "{\"a\": {\"b\": [null, false]}}")]
    public void Writes_as_jsonb_does(string json, string? expected)
        => Assert.Equal(expected, JsonText.Of(JsonElement.Parse(json)));

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("0", "-0.0", true)]
    [InlineData("0.1", "1e-1", true)]
    [InlineData("1", "10", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1.0}", true)]
    [InlineData("{\"a\":1,\"a\":2}", "{\"a\":2}", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    public void Compares_as_jsonb_does(string left, string right, bool expected)
    {
        Assert.Equal(expected, JsonDocuments.AreEqual(left, right));
        Assert.Equal(expected, JsonDocuments.AreEqual(right, left));
    }
}
