namespace DualDb;

/// <summary>Stores an enum in an enum type of PostgreSQL, whose values are the names of its members. Not for <see cref="FlagsAttribute"/>.</summary>
/// <param name="name">The type, as PostgreSQL spells it.</param>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class PostgresEnumAttribute(string name) : Attribute
{
    /// <summary>The type.</summary>
    public string Name { get; } = name;

    /// <summary>The schema that holds the type. <c>public</c> unless set.</summary>
    public string Schema { get; set; } = "public";
}
