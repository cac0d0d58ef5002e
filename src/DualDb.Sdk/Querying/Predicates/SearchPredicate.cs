using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>A text that is searched for words.</summary>
internal sealed class SearchPredicate<TEntity>(Operand<TEntity, string> operand, string query, string configuration, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row)
        => throw new NotSupportedException($"A full-text search of {operand.Name} cannot be evaluated in memory: the words are PostgreSQL's to find. Ask the database.");

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Search, configuration);
        operand.WriteShape(ref shape);
    }

    // The configuration is part of the text, as it must be for an index on the same expression to be found.
    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql.Write("to_tsvector('").Write(configuration).Write("', "));
        sql.Write(") @@ websearch_to_tsquery('").Write(configuration).Write("', ").Parameter().Write(")");
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        parameters.Add(Mapping.ColumnValue.Text(query, operand.Name), NpgsqlDbType.Text);
    }

    internal override void WriteRest(RestFilter rest) => rest.Compare(operand.RestPath, $"wfts({configuration})", Mapping.ColumnValue.Text(query, operand.Name));
}
