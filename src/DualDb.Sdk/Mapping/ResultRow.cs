using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using DualDb.Mapping.Wire;
using Npgsql;

namespace DualDb.Mapping;

/// <summary>
/// One selected row, for generated code: of a reader of Npgsql's, or of a JSON answer. The same getters by the same ordinals serve both, so that
/// one generated <c>Read</c> does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A row is looked at while it is current, and compared with none.")]
public readonly struct ResultRow
{
    private readonly NpgsqlDataReader? _reader;
    private readonly JsonRow? _json;

    /// <summary>Makes the current row of a reader.</summary>
    /// <param name="reader">The reader.</param>
    public ResultRow(NpgsqlDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
    }

    /// <summary>Makes a row of a JSON answer.</summary>
    internal ResultRow(JsonRow json) => _json = json;

    /// <summary>The current row of a reader.</summary>
    /// <param name="reader">The reader.</param>
    public static implicit operator ResultRow(NpgsqlDataReader reader) => new(reader);

    /// <summary>Whether a column is NULL.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public bool IsDBNull(int ordinal) => _reader is { } reader ? reader.IsDBNull(ordinal) : _json!.IsNull(ordinal);

    /// <summary>Reads a <c>boolean</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public bool GetBoolean(int ordinal) => _reader is { } reader ? reader.GetBoolean(ordinal) : _json!.Read<bool>(ordinal);

    /// <summary>Reads a <c>smallint</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public short GetInt16(int ordinal) => _reader is { } reader ? reader.GetInt16(ordinal) : _json!.Read<short>(ordinal);

    /// <summary>Reads an <c>integer</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public int GetInt32(int ordinal) => _reader is { } reader ? reader.GetInt32(ordinal) : _json!.Read<int>(ordinal);

    /// <summary>Reads a <c>bigint</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public long GetInt64(int ordinal) => _reader is { } reader ? reader.GetInt64(ordinal) : _json!.Read<long>(ordinal);

    /// <summary>Reads a <c>numeric</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public decimal GetDecimal(int ordinal) => _reader is { } reader ? reader.GetDecimal(ordinal) : _json!.Read<decimal>(ordinal);

    /// <summary>Reads a <c>real</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public float GetFloat(int ordinal) => _reader is { } reader ? reader.GetFloat(ordinal) : _json!.Read<float>(ordinal);

    /// <summary>Reads a <c>double precision</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public double GetDouble(int ordinal) => _reader is { } reader ? reader.GetDouble(ordinal) : _json!.Read<double>(ordinal);

    /// <summary>Reads a text, or JSON as text.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public string GetString(int ordinal) => _reader is { } reader ? reader.GetString(ordinal) : _json!.ReadText(ordinal);

    /// <summary>Reads a <c>uuid</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public Guid GetGuid(int ordinal) => _reader is { } reader ? reader.GetGuid(ordinal) : _json!.Read<Guid>(ordinal);

    /// <summary>Reads a <c>timestamp</c>, <c>timestamptz</c> or <c>date</c>.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public DateTime GetDateTime(int ordinal) => _reader is { } reader ? reader.GetDateTime(ordinal) : _json!.Read<DateTime>(ordinal);

    /// <summary>Reads an <c>interval</c> without months.</summary>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public TimeSpan GetTimeSpan(int ordinal) => _reader is { } reader ? reader.GetTimeSpan(ordinal) : _json!.Read<TimeSpan>(ordinal);

    /// <summary>Reads a value of any mapped type, or an array of them.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="ordinal">Its place in the select list, from 0.</param>
    public T GetFieldValue<T>(int ordinal)
        => _reader is { } reader ? reader.GetFieldValue<T>(ordinal)
            : typeof(T) == typeof(string) ? (T)(object)_json!.ReadText(ordinal)
            : _json!.Read<T>(ordinal);

    /// <summary>The values of a row of JSON, one after another: rows that PostgreSQL holds for equal have the same.</summary>
    internal string Json() => _json!.ToString();

    /// <summary>The name of a selected column, for messages.</summary>
    internal string GetName(int ordinal) => _reader is { } reader ? reader.GetName(ordinal) : _json!.NameOf(ordinal);

    /// <summary>What a selected column holds, for messages.</summary>
    internal string GetDataTypeName(int ordinal) => _reader is { } reader ? reader.GetDataTypeName(ordinal) : _json!.KindOf(ordinal);
}
