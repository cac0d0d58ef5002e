using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>
/// One row of an answer: an object whose members were found once, and are read where they lie. One instance serves all rows of an answer.
/// </summary>
internal sealed class JsonRow
{
    private readonly RowShape _shape;
    private readonly (int Start, int Length, JsonTokenType Token, bool IsEscaped)[] _cells;
    private readonly TextPool _texts = new();
    private byte[] _json = [];

    public JsonRow(RowShape shape)
    {
        _shape = shape;
        _cells = new (int, int, JsonTokenType, bool)[shape.Count];
    }

    public bool IsNull(int ordinal) => _cells[ordinal].Token == JsonTokenType.Null;

    public string NameOf(int ordinal) => _shape.TextOf(ordinal);

    public string KindOf(int ordinal) => "JSON " + _cells[ordinal].Token;

    public T Read<T>(int ordinal)
    {
        var cell = Cell(ordinal);
        return !cell.IsNull ? WireForm<T>.Required.Read(cell)
            : default(T) is null ? default!
            : throw new InvalidCastException("The column is NULL.");
    }

    /// <summary>A text; of a column that holds JSON the document.</summary>
    public string ReadText(int ordinal)
    {
        var cell = Cell(ordinal);
        return cell.IsNull ? throw new InvalidCastException("The column is NULL.")
            : _shape.IsJson(ordinal) ? cell.Json
            : cell.Token == JsonTokenType.String && !_cells[ordinal].IsEscaped ? _texts.Get(cell.Raw)
            : cell.Text;
    }

    /// <summary>Finds the members of the object that a reader stands at.</summary>
    /// <param name="reader">Stands at the beginning of the object, and at its end afterwards.</param>
    /// <param name="json">What it reads.</param>
    /// <param name="offset">Where what it reads begins in <paramref name="json"/>.</param>
    /// <exception cref="JsonException">It is no object, or lacks a member.</exception>
    public void Take(ref Utf8JsonReader reader, byte[] json, int offset)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"The answer holds JSON of the kind {reader.TokenType} where a row is expected.");
        }

        _json = json;
        Array.Clear(_cells);
        var next = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var ordinal = Find(ref reader, next);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var token = reader.TokenType;
            var isString = token == JsonTokenType.String;
            var isEscaped = isString && reader.ValueIsEscaped;
            if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
            }

            if (ordinal >= 0)
            {
                var end = (int)reader.BytesConsumed;
                _cells[ordinal] = isString ? (offset + start + 1, end - start - 2, token, isEscaped) : (offset + start, end - start, token, false);
                next = ordinal + 1;
            }
        }

        RequireAll();
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
                throw new JsonException($"A row of the answer has no member {_shape.TextOf(ordinal)}.");
            }
        }
    }

    private JsonCell Cell(int ordinal)
    {
        var (start, length, token, isEscaped) = _cells[ordinal];
        return new JsonCell(_json.AsSpan(start, length), token, isEscaped);
    }
}
