using System.Text.Json;
using DualDb.Mapping;
using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>A value inside of a JSON column. The path is part of the SQL, quoted, so that an index on the same
/// expression is found and rows can be grouped by it.</summary>
/// <param name="document">The column.</param>
/// <param name="path">The names and places that lead to the value.</param>
/// <param name="kind">What the value must be, as <c>jsonb_typeof</c> calls it; null for anything, as text.</param>
/// <param name="codec">How values travel.</param>
/// <param name="convert">Makes the value of one that is there.</param>
internal sealed class JsonOperand<TEntity, TDocument, T>(
    Operand<TEntity, TDocument> document, string[] path, string? kind, ColumnCodec<T> codec, Func<JsonElement, T> convert) : Operand<TEntity, T>(codec)
    where TEntity : class
{
    internal override string Name => document.Name + "." + string.Join('.', path);

    internal override bool IsNullable => true;

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Json, kind ?? "");
        shape.Write(ShapeCodes.Json, JsonPathSql.Of(path));
        document.WriteShape(ref shape);
    }

    // A value of another kind is NULL, and not the error that a cast would be.
    internal override void WriteSql(SqlWriter sql)
    {
        var place = JsonPathSql.Of(path);
        if (kind is null)
        {
            WriteDocument(sql.Write("(")).Write(" #>> ").Write(place).Write(")");
            return;
        }

        WriteDocument(sql.Write("(case jsonb_typeof(")).Write(" #> ").Write(place).Write(") when '").Write(kind).Write("' then (");
        WriteDocument(sql).Write(" #>> ").Write(place).Write(")::").Write(string.Equals(kind, "number", StringComparison.Ordinal) ? "numeric" : "boolean").Write(" end)");
    }

    internal override T Evaluate(TEntity row)
    {
        if (document.Evaluate(row) is not { } value)
        {
            return default!;
        }

        using var json = JsonDocument.Parse(document.Codec.TextOf(value));
        return JsonPath.Find(json.RootElement, path) is { } found ? convert(found) : default!;
    }

    internal override void Bind(ParameterWriter parameters)
    {
        JsonPathSql.Check(path, document.Name);
        document.Bind(parameters);
    }

    private SqlWriter WriteDocument(SqlWriter sql)
    {
        document.WriteSql(sql);
        return document.Codec.Type == NpgsqlDbType.Json ? sql.Write("::jsonb") : sql;
    }

    // A value of a known kind is compared as JSON, where numbers equal numbers; in any other order JSON's kinds come one after another.
    internal override string RestPath => JsonPathRest.Of(document.RestPath, path, isText: kind is null);

    internal override string RestSelect => kind is null ? RestPath : throw RestUnsupported.Of($"{Name}, a number or a truth value inside of JSON, cannot be selected");

    internal override bool IsForRestEqualityOnly => kind is not null;
}
