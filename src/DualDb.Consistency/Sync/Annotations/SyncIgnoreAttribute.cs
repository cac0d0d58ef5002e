namespace DualDb.Consistency.Sync;

/// <summary>Leaves a property of the target alone: its column is the target's own.</summary>
/// <param name="target">The property: <c>nameof(OrderSummary.SeenAt)</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SyncIgnoreAttribute(string target) : Attribute
{
    /// <summary>The property of the target.</summary>
    public string Target { get; } = target;
}
