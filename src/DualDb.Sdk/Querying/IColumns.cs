using System.ComponentModel;

namespace DualDb.Querying;

/// <summary>The columns of an entity; implemented by the generated <c>…Columns</c> structs.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IColumns<TEntity>
    where TEntity : class
{
    /// <summary>The order of the key.</summary>
    static abstract IReadOnlyList<OrderTerm<TEntity>> Key { get; }
}
