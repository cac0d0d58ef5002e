using System.ComponentModel;

namespace DualDb.Consistency.Events;

/// <summary>Written by the source generator: tells the generator of a referencing project which events this assembly holds.</summary>
/// <param name="type">The event.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DualDbEventAttribute(Type type) : Attribute
{
    /// <summary>The event.</summary>
    public Type Type { get; } = type;
}
