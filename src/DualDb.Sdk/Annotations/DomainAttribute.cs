namespace DualDb;

/// <summary>
/// Groups entities that belong together and change together, such as <c>"orders"</c>. A method that writes entities of two domains is pointed out: what joins domains is better an event.
/// </summary>
/// <param name="name">The domain.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DomainAttribute(string name) : Attribute
{
    /// <summary>The domain.</summary>
    public string Name { get; } = name;
}
