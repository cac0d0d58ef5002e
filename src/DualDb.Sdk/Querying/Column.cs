namespace DualDb;

/// <summary>A column of a generated <c>…Columns</c> struct.</summary>
/// <typeparam name="T">The type of the member it is mapped to.</typeparam>
/// <param name="name">The column, as PostgreSQL spells it.</param>
/// <param name="ordinal">Its place in the entity's select list, from 0.</param>
public readonly struct Column<T>(string name, int ordinal)
{
    /// <summary>The column, as PostgreSQL spells it.</summary>
    public string Name { get; } = name;

    /// <summary>Its place in the entity's select list, from 0.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The column's name.</summary>
    public override string ToString() => Name;
}
