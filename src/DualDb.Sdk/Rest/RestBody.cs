using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DualDb.Mapping;
using DualDb.Mapping.Wire;
using NpgsqlTypes;

namespace DualDb.Rest;

/// <summary>Writes rows as JSON: one object, or an array of them.</summary>
internal sealed class RestBody : ValueSink
{
    // Bodies are never part of a page, so that nothing but JSON's own characters need be escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private IReadOnlyList<ColumnInfo> _columns = [];
    private Predicate<ColumnInfo> _isWanted = static _ => true;
    private int _next;

    public RestBody() => _writer = new Utf8JsonWriter(_buffer, Options);

    /// <summary>The size of a row without members.</summary>
    public const int EmptyRow = 2;

    /// <summary>One row.</summary>
    public static ReadOnlyMemory<byte> Of(Action<RestBody> write)
    {
        var body = new RestBody();
        write(body);
        return body.End();
    }

    /// <summary>Several rows.</summary>
    public static ReadOnlyMemory<byte> OfMany<T>(IEnumerable<T> rows, Action<RestBody, T> write)
    {
        var body = new RestBody();
        body._writer.WriteStartArray();
        var index = 0;
        foreach (var row in rows)
        {
            try
            {
                write(body, row);
            }
            catch (ColumnValueException exception) when (exception.RowIndex is null)
            {
                throw exception.InRow(index);
            }

            index++;
        }

        body._writer.WriteEndArray();
        return body.End();
    }

    /// <summary>Writes an object.</summary>
    /// <param name="members">Writes its members.</param>
    public void Row(Action members)
    {
        _writer.WriteStartObject();
        members();
        _writer.WriteEndObject();
    }

    /// <summary>Says which columns the next values belong to, one each.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="isWanted">Which of them are written; the values of the others are passed over.</param>
    public ParameterBinder Columns(IReadOnlyList<ColumnInfo> columns, Predicate<ColumnInfo>? isWanted = null)
    {
        _columns = columns;
        _isWanted = isWanted ?? (static _ => true);
        _next = 0;
        return new ParameterBinder(this);
    }

    public void Number(string column, long value) => _writer.WriteNumber(column, value);

    public void Boolean(string column, bool value) => _writer.WriteBoolean(column, value);

    public void Null(string column) => _writer.WriteNull(column);

    /// <summary>A value of a type that columns can have, or an enum by its number.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public void Value(string name, object? value)
    {
        _writer.WritePropertyName(name);
        switch (value)
        {
            case null:
                _writer.WriteNullValue();
                break;

            case Enum given:
                _writer.WriteRawValue(given.ToString("D"));
                break;

            case DateTimeOffset given:
                WireForm<DateTimeOffset>.Required.Write(_writer, given.ToUniversalTime(), isJson: false);
                break;

            default:
                (WireForms.Find(value.GetType()) ?? throw new ArgumentException($"The argument {name} is a {value.GetType().Name}, which no column can have. Use another type, or JsonElement.", nameof(value)))
                    .Write(_writer, value);
                break;
        }
    }

    /// <summary>The time of the transaction, which PostgreSQL reads out of this word.</summary>
    public void Now(string column) => _writer.WriteString(column, "now");

    public override void Add<T>(T value, NpgsqlDbType type)
    {
        var column = _columns[_next++];
        if (!_isWanted(column))
        {
            return;
        }

        if (value is null)
        {
            AddNull(column);
            return;
        }

        _writer.WritePropertyName(column.Name);
        try
        {
            WireForm<T>.Required.Write(_writer, value, isJson: type is NpgsqlDbType.Json or NpgsqlDbType.Jsonb);
        }
        catch (JsonException exception)
        {
            throw new ColumnValueException(column.Name, "was given a text that is no JSON: " + exception.Message.TrimEnd('.'), "Correct the text.");
        }
    }

    public override void AddNull()
    {
        var column = _columns[_next++];
        if (_isWanted(column))
        {
            AddNull(column);
        }
    }

    private void AddNull(ColumnInfo column)
    {
        if (RestColumns.IsStamp(column))
        {
            Now(column.Name);
        }
        else
        {
            Null(column.Name);
        }
    }

    private ReadOnlyMemory<byte> End()
    {
        _writer.Flush();
        _writer.Dispose();
        return _buffer.WrittenMemory;
    }
}
