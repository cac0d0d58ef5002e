using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>A text against a pattern.</summary>
internal sealed class LikePredicate<TEntity>(Operand<TEntity, string> operand, string pattern, bool ignoreCase, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    internal override bool? Decide(TEntity row) => operand.Evaluate(row) is { } text ? LikePattern.IsMatch(text, pattern, ignoreCase || operand.Codec.IsCaseless) : null;

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Pattern, ignoreCase ? 1 : 0);
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql);
        sql.Write(ignoreCase ? " ilike " : " like ").Parameter();
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        parameters.Add(Mapping.ColumnValue.Text(pattern, operand.Name), NpgsqlDbType.Text);
    }

    // PostgREST takes * for %, so that a pattern that means the character itself has to become a regular expression.
    internal override void WriteRest(RestFilter rest)
    {
        var text = Mapping.ColumnValue.Text(pattern, operand.Name);
        if (!text.Contains('*', StringComparison.Ordinal))
        {
            rest.Compare(operand.RestPath, ignoreCase ? "ilike" : "like", text);
        }
        else
        {
            rest.Compare(operand.RestPath, ignoreCase ? "imatch" : "match", LikePattern.ToRegex(text));
        }
    }
}
