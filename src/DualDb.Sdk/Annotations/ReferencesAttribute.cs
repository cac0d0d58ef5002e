namespace DualDb;

/// <summary>
/// Says that the member holds the key of a <typeparamref name="T"/>. In the same database this is a foreign key;
/// across the two databases no foreign key can exist, and the SDK does the joining.
/// Either way the repository gains <c>ListBy…Async</c> for one key and for many.
/// </summary>
/// <typeparam name="T">The entity whose key the member holds.</typeparam>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ReferencesAttribute<T> : Attribute
    where T : class;
