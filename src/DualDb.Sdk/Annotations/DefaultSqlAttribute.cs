namespace DualDb;

/// <summary>
/// The default of the member's column, as SQL: <c>[DefaultSql("0")]</c>, <c>[DefaultSql("'web'")]</c>. The SDK writes each column of a row itself; a default serves those who do not know the column:
/// rows that are there when it is added, an older version of the application, and SQL of your own.
/// </summary>
/// <param name="sql">The expression, without <c>default</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DefaultSqlAttribute(string sql) : Attribute
{
    /// <summary>The expression.</summary>
    public string Sql { get; } = sql;
}
