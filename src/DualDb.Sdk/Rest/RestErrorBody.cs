using System.Text;
using System.Text.Json;
using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>What the body of an error says.</summary>
/// <param name="Code">The code: PostgreSQL's, PostgREST's, or a gateway's own.</param>
/// <param name="Message">The message.</param>
/// <param name="Details">More of it: a text, or JSON.</param>
/// <param name="Hint">What may help.</param>
internal sealed record RestErrorBody(string? Code = null, string? Message = null, string? Details = null, string? Hint = null)
{
    /// <summary>Reads a body as far as it has come. A gateway may answer with a page, or with members of its own.</summary>
    /// <param name="body">The body.</param>
    /// <param name="secrets">What was sent and must not be repeated, should the server have done so.</param>
    public static RestErrorBody Read(ReadOnlySpan<byte> body, IReadOnlyList<string> secrets)
    {
        var members = Members(body);
        string? Of(string name) => members.TryGetValue(name, out var value) && value is not null ? secrets.Aggregate(value, static (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal)) : null;
        return new RestErrorBody(Of("code"), Of("message") ?? Of("msg") ?? Of("error"), Of("details"), Of("hint"));
    }

    private static Dictionary<string, string?> Members(ReadOnlySpan<byte> body)
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(DeepJson.Reader));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return members;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!reader.Read() || !TryRead(ref reader, body, out var value))
                {
                    break;
                }

                members[name] = value;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a text that is none.
        }

        return members;
    }

    private static bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, out string? value)
    {
        value = null;
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            value = reader.GetString();
            return true;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        value = Encoding.UTF8.GetString(body[start..(int)reader.BytesConsumed]);
        return true;
    }
}
