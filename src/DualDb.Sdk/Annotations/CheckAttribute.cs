namespace DualDb;

/// <summary>A condition that each row of the table fulfils, as SQL over the columns: <c>[Check("total &gt;= 0")]</c>, on the entity or on a member.</summary>
/// <param name="sql">The condition, without <c>check</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true, Inherited = false)]
public sealed class CheckAttribute(string sql) : Attribute
{
    /// <summary>The condition.</summary>
    public string Sql { get; } = sql;

    /// <summary>The constraint's name. Without it, one that is made of the table's and the column's. Name those that you may reorder.</summary>
    public string? Name { get; set; }
}
