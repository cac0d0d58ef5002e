using System.ComponentModel;

namespace DualDb.Consistency.Sync;

/// <summary>Written by the source generator: tells the generator of a referencing project which types of this assembly declare what is synchronised.</summary>
/// <param name="type">The type that carries <see cref="SyncAttribute"/> or <see cref="SyncMapAttribute{TSource, TTarget}"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DualDbSyncAttribute(Type type) : Attribute
{
    /// <summary>The type.</summary>
    public Type Type { get; } = type;
}
