namespace DualDb.Consistency.Events;

/// <summary>
/// Makes a partial record or class an event: something that has happened, published in the transaction of the data it speaks of. Its codec is generated; the members that are written
/// are those of the primary constructor and those that can be set.
/// </summary>
/// <param name="name">The name under which it is stored, such as <c>order.created</c>: 1 to 200 characters. It outlives renames of the type.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class DomainEventAttribute(string name) : Attribute
{
    /// <summary>The name under which it is stored.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The version of its payload, 1 at first. Count it up when older payloads can no longer be read as they are, and implement <see cref="IUpgradableEvent{TSelf}"/> to read those.
    /// </summary>
    public int Version { get; set; } = 1;
}
