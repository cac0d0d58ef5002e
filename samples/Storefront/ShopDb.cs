using DualDb;

namespace Storefront;

#region readme
/// <summary>The root: one repository per entity, and the two databases they live in.</summary>
[DualDatabase]
public partial class ShopDb;
#endregion
