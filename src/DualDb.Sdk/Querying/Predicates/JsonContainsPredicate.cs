using System.Text.Json;
using DualDb.Mapping;
using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>A JSON column that contains another document.</summary>
internal sealed class JsonContainsPredicate<TEntity, T>(Operand<TEntity, T> document, string json, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row)
    {
        if (document.Evaluate(row) is not { } value)
        {
            return null;
        }

        using var container = JsonDocument.Parse(document.Codec.TextOf(value));
        using var contained = JsonDocument.Parse(json);
        return JsonDocuments.Contains(container.RootElement, contained.RootElement);
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.JsonContains);
        document.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        document.WriteSql(sql);
        sql.Write(document.Codec.Type == NpgsqlDbType.Json ? "::jsonb @> " : " @> ").Parameter();
    }

    internal override void Bind(ParameterWriter parameters)
    {
        document.Bind(parameters);
        parameters.Add(ColumnValue.Json(json, document.Name), NpgsqlDbType.Jsonb);
    }

    internal override void WriteRest(RestFilter rest) => rest.Compare(document.RestPath, "cs", ColumnValue.Json(json, document.Name));
}
