using DualDb.Consistency.Events;

namespace Storefront.Models;

#region event
/// <summary>An order was placed: published in the transaction that writes it.</summary>
[DomainEvent("order.placed")]
public sealed partial record OrderPlaced(long OrderId, Guid UserId, decimal Total);
#endregion
