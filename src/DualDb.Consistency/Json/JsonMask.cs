using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <summary>What of a JSON document operators are shown; made by generated code from <see cref="SensitiveAttribute"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonMask
{
    /// <summary>Stands for what is not shown.</summary>
    public const string Replacement = "***";

    private readonly HashSet<string> _shown;

    // Made when they are first met, and once: a type may contain itself.
    private readonly Dictionary<string, Lazy<JsonMask>> _within;
    private readonly Lazy<JsonMask>? _element;
    private readonly Lazy<JsonMask>? _value;

    private JsonMask(IEnumerable<string> shown, IEnumerable<(string Name, Func<JsonMask> Mask)> within, Func<JsonMask>? element = null, Func<JsonMask>? value = null)
    {
        _shown = new HashSet<string>(shown, StringComparer.Ordinal);
        _within = within.ToDictionary(static member => member.Name, static member => new Lazy<JsonMask>(member.Mask), StringComparer.Ordinal);
        _element = element is null ? null : new Lazy<JsonMask>(element);
        _value = value is null ? null : new Lazy<JsonMask>(value);
    }

    /// <summary>Shows nothing: neither names, which may be keys of a dictionary, nor how many there are.</summary>
    public static JsonMask Everything { get; } = new([], []);

    /// <summary>Of an object. What it does not name is masked: an older version of the type may have called something sensitive otherwise.</summary>
    /// <param name="shown">The members that are shown as they are.</param>
    /// <param name="within">The members of which a part is shown.</param>
    public static JsonMask Members(IReadOnlyList<string> shown, IReadOnlyList<(string Name, Func<JsonMask> Mask)> within) => new(shown, within);

    /// <summary>Of an array.</summary>
    /// <param name="element">The mask of each element.</param>
    public static JsonMask Elements(Func<JsonMask> element) => new([], [], element: element);

    /// <summary>Of an object whose names are keys of a dictionary.</summary>
    /// <param name="value">The mask of each value.</param>
    public static JsonMask Values(Func<JsonMask> value) => new([], [], value: value);

    /// <summary>The document as it may be shown. Null stays null, since it says nothing; what is no JSON is masked as a whole.</summary>
    /// <param name="json">The document.</param>
    public string Apply(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var buffer = new ArrayBufferWriter<byte>(json.Length);
            using (var writer = new Utf8JsonWriter(buffer, JsonLimits.Writing))
            {
                Write(writer, document.RootElement);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return $"\"{Replacement}\"";
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteNullValue();
                break;
            case JsonValueKind.Array when _element is not null:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    _element.Value.Write(writer, element);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object when _element is null && this != Everything:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    WriteMember(writer, member);
                }

                writer.WriteEndObject();
                break;
            default:
                // Also what should have been an object or an array: it is none of today's type.
                writer.WriteStringValue(Replacement);
                break;
        }
    }

    private void WriteMember(Utf8JsonWriter writer, JsonProperty member)
    {
        if (_shown.Contains(member.Name))
        {
            member.Value.WriteTo(writer);
            return;
        }

        var mask = _within.TryGetValue(member.Name, out var within) ? within : _value;
        (mask?.Value ?? Everything).Write(writer, member.Value);
    }
}
