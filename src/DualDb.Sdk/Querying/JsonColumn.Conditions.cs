using System.Text.Json;
using DualDb.Mapping;
using DualDb.Querying;
using NpgsqlTypes;

namespace DualDb;

// What can be asked of a document.
public readonly partial struct JsonColumn<TEntity, T>
{
    private static readonly ColumnCodec<string?> TextCodec = ColumnCodec.OrNullReference(Computed.TextCodec);
    private static readonly ColumnCodec<decimal?> NumberCodec = ColumnCodec.OrNull(ColumnCodec.Plain<decimal>(NpgsqlDbType.Numeric));
    private static readonly ColumnCodec<bool?> BooleanCodec = ColumnCodec.OrNull(ColumnCodec.Plain<bool>(NpgsqlDbType.Boolean));

    /// <summary>
    /// The value at a path as text: <c>o.Shipping.Text("address", "city") == "Bangkok"</c>. NULL where there is none, and of JSON's <c>null</c>.
    /// </summary>
    /// <param name="path">Names of members, and places in arrays (from 0; from the end where negative).</param>
    public Column<TEntity, string?> Text(params string[] path) => At(path, kind: null, TextCodec, JsonText.Of);

    /// <summary>The number at a path; NULL where there is none.</summary>
    /// <param name="path">Names of members, and places in arrays.</param>
    public Column<TEntity, decimal?> Number(params string[] path)
        => At(path, "number", NumberCodec, static value => value.ValueKind == JsonValueKind.Number ? Decimal(value) : null);

    /// <summary>The truth value at a path; NULL where there is none.</summary>
    /// <param name="path">Names of members, and places in arrays.</param>
    public Column<TEntity, bool?> Boolean(params string[] path)
        => At(path, "boolean", BooleanCodec, static value => value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => (bool?)null,
        });

    /// <summary>There is a value at a path, if only JSON's <c>null</c>.</summary>
    /// <param name="path">Names of members, and places in arrays.</param>
    public Filter<TEntity> HasPath(params string[] path)
        => new JsonPathPredicate<TEntity, T>(_column.Operand, Checked(path), _column.Member);

    /// <summary>
    /// The document contains another, as PostgreSQL's <c>@&gt;</c> tells it: every member and element of the other is somewhere in this one. An index
    /// of the kind GIN makes it fast.
    /// </summary>
    /// <param name="json">The other document.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public Filter<TEntity> Contains(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = JsonDocument.Parse(json);
        return Contains(document.RootElement);
    }

    /// <inheritdoc cref="Contains(string)"/>
    /// <param name="json">The other document.</param>
    public Filter<TEntity> Contains(JsonElement json)
        => json.ValueKind == JsonValueKind.Undefined
            ? throw new ArgumentException("The JsonElement was never set.", nameof(json))
            : new JsonContainsPredicate<TEntity, T>(_column.Operand, json.GetRawText(), _column.Member);

    private Column<TEntity, TValue> At<TValue>(string[] path, string? kind, ColumnCodec<TValue> codec, Func<JsonElement, TValue> convert)
        => new(new JsonOperand<TEntity, T, TValue>(_column.Operand, Checked(path), kind, codec, convert), _column.Member);

    // A copy, since the caller's array may change before the query is sent, which is when its texts are looked into.
    private static string[] Checked(string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Array.IndexOf(path, null) < 0
            ? [.. path]
            : throw new ArgumentException("A step of a path is null. Name a member, or a place in an array.", nameof(path));
    }

    private static decimal Decimal(JsonElement number)
        => number.TryGetDecimal(out var value)
            ? value
            : throw new NotSupportedException($"The number {number.GetRawText()} is beyond .NET's decimal, so that it cannot be compared in memory. Ask the database.");
}
