namespace DualDb;

/// <summary>Asks for an index where the SDK creates the table. Members that share a <see cref="Name"/> form one index.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IndexAttribute : Attribute
{
    /// <summary>The index's name; members with the same name form one index, in declared order. Null for an index on this member alone.</summary>
    public string? Name { get; set; }

    /// <summary>The condition of the rows that the index holds, as SQL over the columns: <c>paid_at is null</c>. Null for all rows. Of members that share an index, one says it.</summary>
    public string? Where { get; set; }

    /// <summary>The access method, such as <c>gin</c> for <c>jsonb</c> and arrays. <c>btree</c> unless set. Of members that share an index, one says it.</summary>
    public string? Method { get; set; }
}
