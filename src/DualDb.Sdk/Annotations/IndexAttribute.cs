namespace DualDb;

/// <summary>Asks for an index where the SDK creates the table. Members that share a <see cref="Name"/> form one index.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IndexAttribute : Attribute
{
    /// <summary>The index's name; members with the same name form one index, in declared order. Null for an index on this member alone.</summary>
    public string? Name { get; set; }
}
