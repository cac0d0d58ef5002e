using System.Text;
using System.Text.Json;

namespace DualDb.Users;

/// <summary>The texts of claims.</summary>
internal static class ClaimText
{
    /// <summary>Refuses what cannot be a claim.</summary>
    /// <exception cref="ArgumentException">The text is blank, or holds what PostgreSQL takes in no text.</exception>
    public static string Require(string text, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        return IsSendable(text) ? text : throw new ArgumentException("PostgreSQL takes neither U+0000 nor halves of a surrogate pair in a text.", name);
    }

    /// <summary>Whether PostgreSQL takes a text.</summary>
    public static bool IsSendable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && !(index + 1 < text.Length && char.IsSurrogatePair(text[index], text[++index])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The claims of a user without a token.</summary>
    public static string Write(string? userId, string role)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (userId is not null)
            {
                writer.WriteString("sub", userId);
            }

            writer.WriteString("role", role);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
