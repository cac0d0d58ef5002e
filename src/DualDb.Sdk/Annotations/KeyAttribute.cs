namespace DualDb;

/// <summary>
/// Marks the primary key. Several members make a composite key, whose parts follow <see cref="Order"/>
/// and whose .NET type is a tuple in that order.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KeyAttribute : Attribute
{
    /// <summary>
    /// Whether the database makes the value (an identity column, or a default such as <c>gen_random_uuid()</c>).
    /// A row inserted with the type's default value gets a fresh key; a row inserted with another value keeps it.
    /// Not available for a composite key.
    /// </summary>
    public bool Generated { get; set; }

    /// <summary>The place of this part in a composite key, ascending. Parts of equal order follow their declaration.</summary>
    public int Order { get; set; }
}
