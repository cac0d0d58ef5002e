using System.Text.Json;
using DualDb.Mapping;
using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>A JSON column that has a value at a path.</summary>
internal sealed class JsonPathPredicate<TEntity, T>(Operand<TEntity, T> document, string[] path, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row)
    {
        if (document.Evaluate(row) is not { } value)
        {
            return false;
        }

        using var json = JsonDocument.Parse(document.Codec.TextOf(value));
        return JsonPath.Find(json.RootElement, path) is not null;
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.JsonPath, JsonPathSql.Of(path));
        document.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        document.WriteSql(sql.Write("("));
        sql.Write(document.Codec.Type == NpgsqlDbType.Json ? "::jsonb" : "").Write(" #> ").Write(JsonPathSql.Of(path)).Write(") is not null");
    }

    internal override void Bind(ParameterWriter parameters)
    {
        JsonPathSql.Check(path, document.Name);
        document.Bind(parameters);
    }

    internal override void WriteRest(RestFilter rest)
    {
        rest.Negate();
        rest.Is(JsonPathRest.Of(document.RestPath, path, isText: false), "null");
    }
}
