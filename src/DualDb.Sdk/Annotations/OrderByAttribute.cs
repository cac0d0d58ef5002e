namespace DualDb;

/// <summary>
/// Orders a list of a view. Several are applied one after another, and rows that are equal by all of them follow their keys.
/// Without any, a list follows the keys. NULL counts as the greatest value, as it does in PostgreSQL.
/// </summary>
/// <param name="member">The member of the entity: <c>nameof(Order.CreatedAt)</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class OrderByAttribute(string member) : Attribute
{
    /// <summary>The member of the entity.</summary>
    public string Member { get; } = member;

    /// <summary>Whether the greatest value comes first.</summary>
    public bool Descending { get; set; }
}
