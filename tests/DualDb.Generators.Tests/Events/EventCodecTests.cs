using System.Text.Json;
using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests.Events;

/// <summary>What the generated codec of an event writes, and what it makes of documents that others wrote.</summary>
public sealed class EventCodecTests
{
    private static readonly Lazy<EventCode> Codecs = new(static () => EventCode.Of(Fixture.Source("EventCodecs")));

    [Theory]
    [InlineData("Scalars")]
    [InlineData("Nullables")]
    [InlineData("Collections")]
    [InlineData("Types")]
    [InlineData("Json")]
    [InlineData("Defaults")]
    [InlineData("Nothing")]
    [InlineData("record")]
    [InlineData("Outer+Middle+Inner")]
    [InlineData("Oblivious")]
    public void Random_values_come_back_as_they_were(string name)
    {
        var type = Codecs.Value.Type("Codecs." + name);
        for (var seed = 0; seed < 300; seed++)
        {
            var value = new RandomValues(seed).Make(type);

            var json = Codecs.Value.Write(value);
            using var document = JsonDocument.Parse(json);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            var read = Codecs.Value.Read(type, json);

            Assert.True(Same.Difference(value, read) is null, $"Seed {seed}: {Same.Difference(value, read)}\n{json}");
            Assert.Equal(json, Codecs.Value.Write(read));
        }
    }

    private const string Order = """
        using System;
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using DualDb.Consistency.Events;
        namespace Shop;
        public enum Channel : byte { Web, Shop }
        public sealed record Line(string Sku, byte Quantity, decimal? Discount, string[] Tags);
        [DomainEvent("order.created")]
        public sealed partial record OrderCreated(int Id, List<Line> Lines, Channel Channel = Channel.Shop, string Text = "text")
        {
            public string Own { get; init; } = "own";
            [JsonPropertyName("when")] public DateTimeOffset? At { get; init; }
            public Dictionary<string, Guid> Map { get; init; } = [];
        }
        [DomainEvent("measured")] public sealed partial record Measured(double Value, float Single, char Letter, Uri Uri, byte[] Bytes, TimeSpan Time, DateOnly Date, bool Flag, ulong Big);
        [DomainEvent("listed")] public sealed partial record Listed(List<Generic<string?>> Items);
        public sealed record Generic<T>(T Value);
        """;

    private static readonly Lazy<EventCode> Orders = new(static () => EventCode.Of(Order));

    [Theory]
    [InlineData("""{"id":1,"lines":[]}""", """{"id":1,"lines":[],"channel":"Shop","text":"text","own":"own","when":null,"map":{}}""")]
    [InlineData("""{"lines":[],"unknown":{"a":[{}]},"id":1,"Id":2,"other":null}""", """{"id":1,"lines":[],"channel":"Shop","text":"text","own":"own","when":null,"map":{}}""")]
    [InlineData("""{"id":1,"id":2,"lines":[],"channel":0,"own":"x"}""", """{"id":2,"lines":[],"channel":"Web","text":"text","own":"x","when":null,"map":{}}""")]
    [InlineData("""{"id":1,"lines":[],"channel":77}""", """{"id":1,"lines":[],"channel":77,"text":"text","own":"own","when":null,"map":{}}""")]
    [InlineData(""" { "\u0069d" : 1 , "lines" : [ ] , "when" : "2024-05-06T07:08:09.0000001-11:30" } """, """{"id":1,"lines":[],"channel":"Shop","text":"text","own":"own","when":"2024-05-06T07:08:09.0000001-11:30","map":{}}""")]
    [InlineData("""{"id":1,"lines":[{"sku":"s","quantity":3,"tags":[]}]}""", """{"id":1,"lines":[{"sku":"s","quantity":3,"discount":null,"tags":[]}],"channel":"Shop","text":"text","own":"own","when":null,"map":{}}""")]
    public void What_a_document_lacks_has_its_default_and_what_it_has_besides_is_passed_over(string json, string expected)
        => Assert.Equal(expected, Orders.Value.Write(Orders.Value.Read("Shop.OrderCreated", json)));

    [Theory]
    [InlineData("OrderCreated", "{}", "$", "'OrderCreated.Id' is missing, and it is neither nullable nor has it a value by itself.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[{"sku":"s","quantity":3,"tags":[]},{"sku":"s","tags":[]}]}""", "$.lines[1]", "'Line.Quantity' is missing, and it is neither nullable nor has it a value by itself.")]
    [InlineData("OrderCreated", """{"id":null,"lines":[]}""", "$.id", "a whole number from -2147483648 to 2147483647 is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":null}""", "$.lines", "an array is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"text":null}""", "$.text", "a text is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"own":null}""", "$.own", "a text is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[null]}""", "$.lines[0]", "an object is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[[]]}""", "$.lines[0]", "an object is needed, and this is an array.")]
    [InlineData("OrderCreated", """{"id":1,"lines":{}}""", "$.lines", "an array is needed, and this is an object.")]
    [InlineData("OrderCreated", """{"id":"1","lines":[]}""", "$.id", "a whole number from -2147483648 to 2147483647 is needed, and this is some text.")]
    [InlineData("OrderCreated", """{"id":1.5,"lines":[]}""", "$.id", "a whole number from -2147483648 to 2147483647 is needed, and this is some number.")]
    [InlineData("OrderCreated", """{"id":2147483648,"lines":[]}""", "$.id", "a whole number from -2147483648 to 2147483647 is needed, and this is some number.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[{"sku":"s","quantity":-1}]}""", "$.lines[0].quantity", "a whole number from 0 to 255 is needed, and this is some number.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[{"sku":"s","quantity":1,"tags":["a","b",null]}]}""", "$.lines[0].tags[2]", "a text is needed, and this is null.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[{"sku":"s","quantity":1,"discount":1e999}]}""", "$.lines[0].discount", "a number of at most 28 digits is needed, and this is some number.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"channel":"shop"}""", "$.channel", "a text of 4 characters is no member of 'Channel'.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"channel":256}""", "$.channel", "a whole number from 0 to 255 is needed, and this is some number.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"channel":true}""", "$.channel", "a whole number from 0 to 255 is needed, and this is true or false.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"map":{"a b":"x"}}""", "$.map['a b']", "a UUID is needed, and this is some text.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"when":"yesterday"}""", "$.when", "a time such as 2024-05-06T07:08:09+02:00 is needed, and this is some text.")]
    [InlineData("OrderCreated", """{"id":1,"lines":[],"when":{}}""", "$.when", "a time such as 2024-05-06T07:08:09+02:00 is needed, and this is an object.")]
    [InlineData("OrderCreated", "[]", "$", "an object is needed, and this is an array.")]
    [InlineData("OrderCreated", "null", "$", "an object is needed, and this is null.")]
    [InlineData("OrderCreated", """{"text":"\ud800"}""", "$.text", "the text is no valid UTF-8.")]
    [InlineData("Measured", """{"value":1e999}""", "$.value", "a number of at most 1.8E308 is needed, and this is some number.")]
    [InlineData("Measured", """{"value":"nan"}""", "$.value", "a number of at most 1.8E308 is needed, and this is some text.")]
    [InlineData("Measured", """{"single":1e39}""", "$.single", "a number of at most 3.4E38 is needed, and this is some number.")]
    [InlineData("Measured", """{"letter":"ab"}""", "$.letter", "a text of one character is needed, and this is some text.")]
    [InlineData("Measured", """{"letter":""}""", "$.letter", "a text of one character is needed, and this is some text.")]
    [InlineData("Measured", """{"uri":"http://[1"}""", "$.uri", "a URI is needed, and this is some text.")]
    [InlineData("Measured", """{"bytes":"*"}""", "$.bytes", "a text in base64 is needed, and this is some text.")]
    [InlineData("Measured", """{"time":"1 day"}""", "$.time", "a duration such as 1.02:03:04 is needed, and this is some text.")]
    [InlineData("Measured", """{"date":"2024-02-30"}""", "$.date", "a date such as 2024-05-06 is needed, and this is some text.")]
    [InlineData("Measured", """{"flag":0}""", "$.flag", "true or false is needed, and this is some number.")]
    [InlineData("Measured", """{"big":-1}""", "$.big", "a whole number from 0 to 18446744073709551615 is needed, and this is some number.")]
    public void A_document_that_does_not_fit_is_refused_with_the_place_and_the_reason(string type, string json, string path, string reason)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => Orders.Value.Read("Shop." + type, json));

        Assert.Equal($"'{type}' cannot be read: {path}: {reason}", exception.Message);
        Assert.Equal(path, exception.Path);
    }

    [Theory]
    [InlineData("""{"id":1,"lines":[""")]
    [InlineData("""{"id":1,"lines":[}""")]
    [InlineData("""{"id":1,"unknown":{"a":""")]
    [InlineData("""{"id":1 "lines":[]}""")]
    [InlineData("{")]
    public void A_document_cut_off_or_broken_is_refused(string json)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => Orders.Value.Read("Shop.OrderCreated", json));

        Assert.StartsWith("'OrderCreated' cannot be read: $", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_that_the_type_excludes_is_refused_where_it_is_written()
    {
        var (order, line) = (Orders.Value.Type("Shop.OrderCreated"), Orders.Value.Type("Shop.Line"));
        object Make(Type type, params object?[] arguments) => type.GetConstructors().Single(constructor => constructor.GetParameters().Length == arguments.Length).Invoke(arguments);
        object Of(object? element)
        {
            var lines = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(line))!;
            lines.Add(element);
            return Make(order, 1, lines, Enum.ToObject(Orders.Value.Type("Shop.Channel"), 0), "");
        }

        Assert.StartsWith("'OrderCreated.Lines' is null", Assert.Throws<JsonException>(() => Orders.Value.Write(Make(order, 1, null, null, ""))).Message, StringComparison.Ordinal);
        Assert.StartsWith("'Line.Sku' is null", Assert.Throws<JsonException>(() => Orders.Value.Write(Of(Make(line, null, (byte)1, null, Array.Empty<string>())))).Message, StringComparison.Ordinal);
        Assert.StartsWith("An element of 'List of Line' is null", Assert.Throws<JsonException>(() => Orders.Value.Write(Of(null))).Message, StringComparison.Ordinal);
        Assert.StartsWith("An element of 'string[]' is null", Assert.Throws<JsonException>(() => Orders.Value.Write(Of(Make(line, "", (byte)1, null, new string?[] { null })))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_that_a_type_argument_allows_is_kept()
        => Assert.Equal("""{"items":[{"value":null}]}""", Orders.Value.Write(Orders.Value.Read("Shop.Listed", """{"items":[{}]}""")));

    [Fact]
    public void A_document_deeper_than_the_reader_allows_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"unknown":""", 70)) + "1" + new string('}', 70);

        Assert.ThrowsAny<JsonException>(() => Orders.Value.Read("Shop.OrderCreated", deep));
    }
}
