namespace DualDb;

/// <summary>Names the column of a member, or its PostgreSQL type, where the defaults do not fit.</summary>
/// <param name="name">The column, as PostgreSQL spells it. Without it, the snake_case of the member's name.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string? name = null) : Attribute
{
    /// <summary>The column, or null for the default.</summary>
    public string? Name { get; } = name;

    /// <summary>
    /// The PostgreSQL type, such as <c>numeric(12,2)</c>, <c>varchar(40)</c>, <c>citext</c> or <c>timestamp</c>.
    /// Without it, the type that fits the member.
    /// </summary>
    public string? Type { get; set; }
}
