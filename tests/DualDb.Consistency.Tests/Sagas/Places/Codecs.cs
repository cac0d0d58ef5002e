using System.Text.Json;
using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

public sealed record Cart(string Item, string FailAt = "", string Mode = "");

public sealed record Placed(string Number);

/// <summary>Codecs written by hand, for definitions written by hand.</summary>
internal static class Codecs
{
    public static readonly SagaCodec<Cart> Cart = new(
        "Cart(Item,FailAt,Mode)",
        static (writer, value) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Item", value.Item);
            writer.WriteString("FailAt", value.FailAt);
            writer.WriteString("Mode", value.Mode);
            writer.WriteEndObject();
        },
        static (ref Utf8JsonReader reader) =>
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new Cart(document.RootElement.GetProperty("Item").GetString()!, document.RootElement.GetProperty("FailAt").GetString()!, document.RootElement.GetProperty("Mode").GetString()!);
        });

    public static readonly SagaCodec<Placed> Placed = new(
        "Placed(Number)",
        static (writer, value) =>
        {
            writer.WriteStartObject();
            writer.WriteString("Number", value.Number);
            writer.WriteEndObject();
        },
        static (ref Utf8JsonReader reader) =>
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new Placed(document.RootElement.GetProperty("Number").GetString()!);
        });

    public static readonly SagaCodec<string> Text = new("string", static (writer, value) => writer.WriteStringValue(value), static (ref Utf8JsonReader reader) => reader.GetString()!);
}
