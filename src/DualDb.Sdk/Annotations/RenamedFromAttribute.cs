namespace DualDb;

/// <summary>
/// Says what a table or a column was called before, so that the migration that is written from the model renames it instead of dropping the one and adding the other. It does nothing once that migration is
/// written, and can be removed then.
/// </summary>
/// <param name="name">The table or the column, as PostgreSQL spells it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class RenamedFromAttribute(string name) : Attribute
{
    /// <summary>The name before.</summary>
    public string Name { get; } = name;
}
