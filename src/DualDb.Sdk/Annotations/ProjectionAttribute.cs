namespace DualDb;

/// <summary>
/// Makes a partial class or record one that a query can select: each constructor parameter (or settable property) takes the column of the entity's member
/// of the same name. <c>db.Orders.Where(…).Select&lt;OrderSummary&gt;()</c>.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ProjectionAttribute<TEntity> : Attribute
    where TEntity : class;
