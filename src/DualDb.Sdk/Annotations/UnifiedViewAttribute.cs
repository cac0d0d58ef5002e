namespace DualDb;

/// <summary>
/// Makes a partial record a read model over both databases. Its members are entities, nullable entities, lists of entities, or other
/// views; the paths between them follow <see cref="ReferencesAttribute{T}"/>. The first member that is neither nullable nor a list is
/// the root: a view is found by the root's key.
/// </summary>
/// <remarks>
/// The two databases share no snapshot: each member is as its database held it when it was asked, within one call at nearly the same time.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class UnifiedViewAttribute : Attribute
{
    /// <summary>The name of the reader property on the root. Without it, the plural of the type's name: <c>db.UserOrderHistories</c>.</summary>
    public string? Set { get; set; }
}
