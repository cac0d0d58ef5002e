using System.Buffers;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Takes an edit of a document that was shown with masks: what still is the mask is what was behind it, so that nobody has to see a value in order to change another, and no mask is stored.</summary>
internal static class MaskedEdit
{
    /// <param name="original">The document.</param>
    /// <param name="shown">It as it was shown.</param>
    /// <param name="edited">What was made of that.</param>
    /// <exception cref="JsonException">The edit is no document, or nobody can say any more what stands behind a mask of it.</exception>
    public static string Merge(string original, string shown, string edited)
    {
        using var made = JsonDocument.Parse(edited);
        if (string.Equals(original, shown, StringComparison.Ordinal))
        {
            return edited;
        }

        using var own = JsonDocument.Parse(original);
        using var masked = JsonDocument.Parse(shown);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, own.RootElement, masked.RootElement, made.RootElement);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement? original, JsonElement? shown, JsonElement edited)
    {
        if (original is { } own && shown is { } mask && JsonElement.DeepEquals(mask, edited))
        {
            own.WriteTo(writer);
        }
        else if (edited.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in edited.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                Write(writer, Member(original, member.Name), Member(shown, member.Name), member.Value);
            }

            writer.WriteEndObject();
        }
        else if (edited.ValueKind == JsonValueKind.Array)
        {
            CheckPlaces(original, shown, edited);
            writer.WriteStartArray();
            var place = 0;
            foreach (var element in edited.EnumerateArray())
            {
                Write(writer, Element(original, place), Element(shown, place), element);
                place++;
            }

            writer.WriteEndArray();
        }
        else
        {
            CheckValue(edited);
            edited.WriteTo(writer);
        }
    }

    // Elements have no names: one that was taken out or moved would be given what is behind the mask of another, of another person maybe.
    private static void CheckPlaces(JsonElement? original, JsonElement? shown, JsonElement edited)
    {
        if (original is not { ValueKind: JsonValueKind.Array } own || shown is not { ValueKind: JsonValueKind.Array } mask || JsonElement.DeepEquals(own, mask))
        {
            return;
        }

        var hasMoved = edited.GetArrayLength() != mask.GetArrayLength();
        for (var place = 0; place < edited.GetArrayLength(); place++)
        {
            if (HasMask(edited[place]) && (hasMoved || !JsonElement.DeepEquals(edited[place], mask[place])))
            {
                throw new JsonException($"Of a list, an element with a masked value can only be left as it is: nobody could say which one is meant. Write the whole value in place of {JsonMask.Replacement}.");
            }
        }
    }

    private static void CheckValue(JsonElement edited)
    {
        if (IsMask(edited))
        {
            throw new JsonException($"{JsonMask.Replacement} stands where no masked value was shown. Write a value.");
        }
    }

    private static bool HasMask(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(static member => HasMask(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasMask),
        _ => IsMask(value),
    };

    private static bool IsMask(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals(JsonMask.Replacement);

    private static JsonElement? Member(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? Element(JsonElement? of, int place) => of is { ValueKind: JsonValueKind.Array } value && place < value.GetArrayLength() ? value[place] : null;
}
