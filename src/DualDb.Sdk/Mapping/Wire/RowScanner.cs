using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>
/// Finds the values of a row that is written as PostgREST writes rows of plain values: all members in the order in which they were asked for, and no
/// blanks. Any other row is left to the reader of System.Text.Json, which takes twice the time. What lies between the quotes is looked at when it is read.
/// </summary>
internal static class RowScanner
{
    /// <summary>Finds them.</summary>
    /// <param name="shape">The members.</param>
    /// <param name="json">Holds the row.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="cells">Receives the places.</param>
    /// <param name="taken">How many bytes the row took.</param>
    /// <returns>False where the row is another, or goes on.</returns>
    public static bool TryTake(RowShape shape, byte[] json, int start, int length, CellPlace[] cells, out int taken)
    {
        taken = 0;
        var rest = json.AsSpan(start, length);
        for (var ordinal = 0; ordinal < cells.Length; ordinal++)
        {
            var lead = shape.LeadOf(ordinal);
            if (!rest.StartsWith(lead) || rest.Length == lead.Length)
            {
                return false;
            }

            rest = rest[lead.Length..];
            var at = start + length - rest.Length;
            var size = rest[0] == (byte)'"' ? TakeText(rest[1..], at + 1, out cells[ordinal]) : TakeWord(rest, at, out cells[ordinal]);
            if (size < 0)
            {
                return false;
            }

            rest = rest[size..];
        }

        taken = length - rest.Length + 1;
        return rest is [(byte)'}', ..];
    }

    /// <summary>How many bytes a text takes with both of its quotes; below zero where it does not end.</summary>
    private static int TakeText(ReadOnlySpan<byte> text, int start, out CellPlace cell)
    {
        var end = text.IndexOfAny((byte)'"', (byte)'\\');
        var isEscaped = false;
        while (end >= 0 && text[end] == (byte)'\\')
        {
            isEscaped = true;
            var next = end + 2 <= text.Length ? text[(end + 2)..].IndexOfAny((byte)'"', (byte)'\\') : -1;
            end = next < 0 ? -1 : end + 2 + next;
        }

        cell = end < 0 ? default : new CellPlace(start, end, JsonTokenType.String, isEscaped);
        return end < 0 ? -1 : end + 2;
    }

    /// <summary>How many bytes a number, truth value or null takes; below zero where it is none, or does not end.</summary>
    private static int TakeWord(ReadOnlySpan<byte> text, int start, out CellPlace cell)
    {
        cell = default;
        var token = text[0] switch
        {
            (byte)'n' => JsonTokenType.Null,
            (byte)'t' => JsonTokenType.True,
            (byte)'f' => JsonTokenType.False,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonTokenType.Number,
            _ => JsonTokenType.None,
        };
        var size = token == JsonTokenType.None ? -1 : text.IndexOfAny((byte)',', (byte)'}');
        if (size < 0 || !IsWhole(text[..size], token))
        {
            return -1;
        }

        cell = new CellPlace(start, size, token, IsEscaped: false);
        return size;
    }

    private static bool IsWhole(ReadOnlySpan<byte> word, JsonTokenType token) => token switch
    {
        JsonTokenType.Null => word.SequenceEqual("null"u8),
        JsonTokenType.True => word.SequenceEqual("true"u8),
        JsonTokenType.False => word.SequenceEqual("false"u8),
        _ => word.IndexOfAnyExcept("+-.0123456789eE"u8) < 0,
    };
}
