using System.Collections;
using System.Text.Json.Nodes;

namespace DualDb.RawSql;

/// <summary>Turns the value of a hole into one that Npgsql sends as meant, and refuses what PostgreSQL cannot take before anything is sent.</summary>
internal static class SqlValue
{
    /// <summary>The value to send; null for NULL.</summary>
    /// <param name="value">The value of the hole.</param>
    /// <param name="expression">The hole's text, for messages.</param>
    /// <exception cref="ArgumentException">PostgreSQL cannot take the value.</exception>
    public static object? Convert(object? value, string? expression)
        => value switch
        {
            null or DBNull => null,
            string text => RequireStorable(text, expression),
            char character => RequireStorable(character.ToString(), expression),
            Enum member => Number(member),
            DateTimeOffset time => time.ToUniversalTime(),
            DateTime time => RequireKind(time, expression),
            sbyte number => (short)number,
            ushort number => (int)number,
            uint number => (long)number,
            ulong number => (decimal)number,
            Stream or BitArray or JsonNode => value,

            // An array of sbyte or of an enum based on byte also passes for byte[] at run time: only the exact type is bytea.
            not null when value.GetType() == typeof(byte[]) => value,
            IEnumerable list => SqlArray.Convert(list, expression),
            _ => value,
        };

    /// <summary>The number behind an enum member, in a type that PostgreSQL has.</summary>
    private static object Number(Enum member)
        => Type.GetTypeCode(Enum.GetUnderlyingType(member.GetType())) switch
        {
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 => (object)((IConvertible)member).ToInt16(null),
            TypeCode.UInt16 or TypeCode.Int32 => ((IConvertible)member).ToInt32(null),
            TypeCode.UInt32 or TypeCode.Int64 => ((IConvertible)member).ToInt64(null),
            _ => ((IConvertible)member).ToDecimal(null),
        };

    private static string RequireStorable(string text, string? expression)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The value of {{{expression}}} holds the character U+0000, which PostgreSQL cannot store. Remove it.", expression);
        }

        return !HasHalfPair(text)
            ? text
            : throw new ArgumentException($"The value of {{{expression}}} holds half of a surrogate pair, which no text in UTF-8 can. Cut text between characters, not within one.", expression);
    }

    private static bool HasHalfPair(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return true;
            }

            rest = rest[(at + 2)..];
        }

        return false;
    }

    /// <summary>Npgsql sends a time of unspecified kind without a time zone, and the server would take it for its own zone's.</summary>
    private static DateTime RequireKind(DateTime time, string? expression)
        => time.Kind switch
        {
            DateTimeKind.Utc => time,
            DateTimeKind.Local => time.ToUniversalTime(),
            _ => throw new ArgumentException(
                $"The value of {{{expression}}} is a DateTime of unspecified kind: nobody can tell which moment it means. "
                + "Use DateTimeOffset, or DateTime.SpecifyKind with Utc or Local.",
                expression),
        };
}
