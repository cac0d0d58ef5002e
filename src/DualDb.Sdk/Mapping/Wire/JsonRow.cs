using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>
/// One row of an answer: an object whose members were found once, and are read where they lie. One instance serves all rows of an answer.
/// </summary>
internal sealed class JsonRow
{
    private readonly RowShape _shape;
    private readonly CellPlace[] _cells;
    private readonly TextPool _texts = new();
    private byte[] _json = [];

    public JsonRow(RowShape shape)
    {
        _shape = shape;
        _cells = new CellPlace[shape.Count];
    }

    public bool IsNull(int ordinal) => _cells[ordinal].Token == JsonTokenType.Null && _shape.DefaultOf(ordinal) is null;

    public string NameOf(int ordinal) => _shape.Members[ordinal].Name;

    public string KindOf(int ordinal) => "JSON " + _cells[ordinal].Token;

    /// <summary>A value of any type that travels. The usual ones go past the table of forms: lists of rows consist of them.</summary>
    public T Read<T>(int ordinal)
    {
        var cell = Cell(ordinal);
        if (typeof(T) == typeof(bool))
        {
            return (T)(object)NumberText.ReadBoolean(cell);
        }

        if (typeof(T) == typeof(int))
        {
            return (T)(object)NumberText.ReadInt32(cell);
        }

        if (typeof(T) == typeof(long))
        {
            return (T)(object)NumberText.ReadInt64(cell);
        }

        if (typeof(T) == typeof(decimal))
        {
            return (T)(object)NumberText.ReadDecimal(cell);
        }

        if (typeof(T) == typeof(Guid))
        {
            return (T)(object)NumberText.ReadGuid(cell);
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            return (T)(object)TimeText.ReadPoint(cell.Word);
        }

        return !cell.IsNull ? WireForm<T>.Required.Read(cell)
            : default(T) is null ? default!
            : throw new InvalidCastException("The column is NULL.");
    }

    /// <summary>A text, one instance for those that rows repeat.</summary>
    public string ReadText(int ordinal)
    {
        var cell = Cell(ordinal);
        return cell.IsNull ? throw new InvalidCastException("The column is NULL.")
            : cell is { Token: JsonTokenType.String, Use: not CellUse.Document } && !_cells[ordinal].IsEscaped ? _texts.Get(cell.Raw)
            : cell.Text;
    }

    /// <summary>The values, each behind its length: the same of rows that PostgreSQL holds for equal.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var ordinal = 0; ordinal < _cells.Length; ordinal++)
        {
            var (start, length, token, _) = _cells[ordinal];
            var value = Encoding.UTF8.GetString(_json, start, length);
            value = token == JsonTokenType.Number ? NumberText.Canonical(value)
                : _shape.Members[ordinal].IsCaseless ? value.ToLowerInvariant()
                : value;
            text.Append((char)token).Append(value.Length).Append(':').Append(value);
        }

        return text.ToString();
    }

    /// <summary>Finds the members of the object at the beginning of some bytes.</summary>
    /// <param name="json">Holds the bytes, and stays as it is while the row is read.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="taken">How many of them the object took.</param>
    /// <returns>False where the object goes on behind them.</returns>
    /// <exception cref="JsonException">It is no object, or lacks a member.</exception>
    public bool TryTake(byte[] json, int start, int length, out int taken)
    {
        _json = json;
        if (RowScanner.TryTake(_shape, json, start, length, _cells, out taken))
        {
            return true;
        }

        taken = 0;
        var reader = new Utf8JsonReader(json.AsSpan(start, length), isFinalBlock: false, new JsonReaderState(DeepJson.Reader));
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"The answer holds JSON of the kind {reader.TokenType} where a row is expected.");
        }

        Array.Clear(_cells);
        var next = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                RequireAll();
                taken = (int)reader.BytesConsumed;
                return true;
            }

            var ordinal = Find(ref reader, next);
            if (!reader.Read() || !TryTakeCell(ref reader, start, ordinal))
            {
                return false;
            }

            next = ordinal < 0 ? next : ordinal + 1;
        }

        return false;
    }

    private bool TryTakeCell(ref Utf8JsonReader reader, int offset, int ordinal)
    {
        var start = (int)reader.TokenStartIndex;
        var token = reader.TokenType;
        var isString = token == JsonTokenType.String;
        var isEscaped = isString && reader.ValueIsEscaped;
        if (!reader.TrySkip())
        {
            return false;
        }

        if (ordinal >= 0)
        {
            var end = (int)reader.BytesConsumed;
            _cells[ordinal] = isString ? new CellPlace(offset + start + 1, end - start - 2, token, isEscaped) : new CellPlace(offset + start, end - start, token, IsEscaped: false);
        }

        return true;
    }

    // Answers list the columns in the order in which they were asked for; the search is for servers that do not.
    private int Find(ref Utf8JsonReader reader, int next)
    {
        if (next < _cells.Length && reader.ValueTextEquals(_shape.NameOf(next)))
        {
            return next;
        }

        for (var ordinal = 0; ordinal < _cells.Length; ordinal++)
        {
            if (reader.ValueTextEquals(_shape.NameOf(ordinal)))
            {
                return ordinal;
            }
        }

        return -1;
    }

    private void RequireAll()
    {
        for (var ordinal = 0; ordinal < _cells.Length; ordinal++)
        {
            if (_cells[ordinal].Token == JsonTokenType.None)
            {
                throw new JsonException($"A row of the answer has no member {_shape.Members[ordinal].Name}.");
            }
        }
    }

    private JsonCell Cell(int ordinal)
    {
        var (start, length, token, isEscaped) = _cells[ordinal];
        return token == JsonTokenType.Null && _shape.DefaultOf(ordinal) is { } absent
            ? JsonCell.OfText(absent)
            : new JsonCell(_json.AsSpan(start, length), token, isEscaped, _shape.UseOf(ordinal));
    }
}
