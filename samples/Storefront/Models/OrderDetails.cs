using DualDb;

namespace Storefront.Models;

#region guide
/// <summary>An order as its own page shows it: who placed it, and its lines with their products.</summary>
[UnifiedView]
public sealed partial record OrderDetails(
    Order Order,
    [OnFailure(FailedMember.Null)] Profile? Buyer,
    [OrderBy(nameof(OrderLine.Position))] IReadOnlyList<OrderLineDetails> Lines);

/// <summary>A line with its product; null where that was taken off the shelf.</summary>
[UnifiedView]
public sealed partial record OrderLineDetails(OrderLine Line, Product? Product);
#endregion
