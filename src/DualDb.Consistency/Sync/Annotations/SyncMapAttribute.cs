namespace DualDb.Consistency.Sync;

/// <summary>
/// Copies rows of one entity to those of another in the other database. Columns are those of properties of the same name; <see cref="SyncColumnAttribute"/> and <see cref="SyncIgnoreAttribute"/> on the
/// same class say where it is otherwise. The class itself holds nothing but these.
/// </summary>
/// <typeparam name="TSource">The entity whose rows are copied; of two directions, the side on which conflicts are decided.</typeparam>
/// <typeparam name="TTarget">The entity that they are copied to.</typeparam>
/// <example>
/// <code>
/// [SyncMap&lt;Order, OrderSummary&gt;(Filter = "status &lt;&gt; 'Placed'")]
/// [SyncColumn(nameof(OrderSummary.Customer), From = nameof(Order.UserId))]
/// [SyncColumn(nameof(OrderSummary.Label), Sql = "upper(status)")]
/// [SyncIgnore(nameof(OrderSummary.SeenAt))]
/// public static class OrderSummaries;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SyncMapAttribute<TSource, TTarget> : Attribute
    where TSource : class
    where TTarget : class
{
    /// <summary>Which way changes go.</summary>
    public SyncDirection Direction { get; set; }

    /// <summary>What becomes of conflicts. There are none in a map of one direction.</summary>
    public ConflictPolicy OnConflict { get; set; }

    /// <summary>Decides with <see cref="ConflictPolicy.Custom"/>: an <see cref="IConflictResolver{T}"/> of the source, with a constructor without parameters.</summary>
    public Type? Resolver { get; set; }

    /// <summary>The name under which conflicts and parked rows are kept; the source's set in lower case unless set. Keep it when the entity is renamed.</summary>
    public string? Name { get; set; }

    /// <summary>A condition in SQL over the source's columns: <c>"status &lt;&gt; 'Placed'"</c>. Rows that it does not hold for are not in the target. It has to give the same for the same row, whenever it is asked.</summary>
    public string? Filter { get; set; }
}
