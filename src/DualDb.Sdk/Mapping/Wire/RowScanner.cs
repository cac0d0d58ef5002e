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
        var row = json.AsSpan(start, length);
        var position = 0;
        for (var ordinal = 0; ordinal < cells.Length; ordinal++)
        {
            var lead = shape.LeadOf(ordinal);
            if (!row[position..].StartsWith(lead))
            {
                return false;
            }

            position += lead.Length;
            if (!TryTakeValue(row, ref position, start, out cells[ordinal]))
            {
                return false;
            }
        }

        taken = position + 1;
        return position < row.Length && row[position] == (byte)'}';
    }

    private static bool TryTakeValue(ReadOnlySpan<byte> row, ref int position, int start, out CellPlace cell)
    {
        cell = default;
        if (position >= row.Length)
        {
            return false;
        }

        var token = row[position] switch
        {
            (byte)'"' => JsonTokenType.String,
            (byte)'n' => JsonTokenType.Null,
            (byte)'t' => JsonTokenType.True,
            (byte)'f' => JsonTokenType.False,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonTokenType.Number,
            _ => JsonTokenType.None,
        };
        if (token == JsonTokenType.None)
        {
            return false;
        }

        if (token == JsonTokenType.String)
        {
            return TryTakeText(row, ref position, start, out cell);
        }

        var size = row[position..].IndexOfAny((byte)',', (byte)'}');
        if (size < 0 || !IsWhole(row.Slice(position, size), token))
        {
            return false;
        }

        cell = new CellPlace(start + position, size, token, IsEscaped: false);
        position += size;
        return true;
    }

    private static bool TryTakeText(ReadOnlySpan<byte> row, ref int position, int start, out CellPlace cell)
    {
        cell = default;
        var begin = position + 1;
        var isEscaped = false;
        for (var at = begin; ;)
        {
            var next = at < row.Length ? row[at..].IndexOfAny((byte)'"', (byte)'\\') : -1;
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (row[at] == (byte)'"')
            {
                cell = new CellPlace(start + begin, at - begin, JsonTokenType.String, isEscaped);
                position = at + 1;
                return true;
            }

            isEscaped = true;
            at += 2;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> word, JsonTokenType token) => token switch
    {
        JsonTokenType.Null => word.SequenceEqual("null"u8),
        JsonTokenType.True => word.SequenceEqual("true"u8),
        JsonTokenType.False => word.SequenceEqual("false"u8),
        _ => word.IndexOfAnyExcept("+-.0123456789eE"u8) < 0,
    };
}
