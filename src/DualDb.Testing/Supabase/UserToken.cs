using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DualDb.Testing.Supabase;

/// <summary>A user's access token as Supabase signs it with a project's secret: a JWT by HS256.</summary>
internal static class UserToken
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>The claims with those of the caller over them; a null leaves a claim out.</summary>
    /// <exception cref="ArgumentException">A claim's value has no form in JSON here, or the token would expire outside of what a date can say.</exception>
    public static string Sign(string secret, string userId, string role, DateTimeOffset now, TimeSpan expiresIn, IReadOnlyDictionary<string, object?>? claims)
    {
        var expiry = ExpiryOf(now, expiresIn);
        var all = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sub"] = userId,
            ["role"] = role,
            ["aud"] = "authenticated",

            // A token that expired was issued before it did.
            ["iat"] = (expiry < now ? expiry : now).ToUnixTimeSeconds(),
            ["exp"] = expiry.ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in claims ?? all)
        {
            all[name] = value;
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(ToJson(all.Where(claim => claim.Value is not null)))}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static DateTimeOffset ExpiryOf(DateTimeOffset now, TimeSpan expiresIn)
        => expiresIn <= DateTimeOffset.MaxValue - now && expiresIn >= DateTimeOffset.UnixEpoch - now
            ? now + expiresIn
            : throw new ArgumentOutOfRangeException(
                nameof(expiresIn), expiresIn, "A token expires between the years 1970 and 9999. Name the time that it is good for, or leave the claim exp out: [\"exp\"] = null.");

    private static byte[] ToJson(IEnumerable<KeyValuePair<string, object?>> claims)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            Write(json, claims);
        }

        return content.ToArray();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case double or float:
                var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                json.WriteNumberValue(double.IsFinite(number)
                    ? number
                    : throw new ArgumentException("A claim holds NaN or an infinite number, for which JSON has no form. Write it as text.", nameof(value)));
                break;
            case byte or short or int or long or decimal:
                json.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                json.WriteStartObject();
                foreach (var (member, content) in members)
                {
                    json.WritePropertyName(member);
                    Write(json, content);
                }

                json.WriteEndObject();
                break;
            case System.Collections.IEnumerable elements:
                json.WriteStartArray();
                foreach (var element in elements)
                {
                    Write(json, element);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException(
                    $"A claim holds a {value.GetType().Name}. Use text, a number, a truth value, a Guid, a DateTimeOffset, a JsonElement, a list or a dictionary.", nameof(value));
        }
    }
}
