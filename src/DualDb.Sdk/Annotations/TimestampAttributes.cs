namespace DualDb;

/// <summary>
/// The time the row was inserted, by the database's clock. A value other than the type's default is kept as given,
/// so that imports keep their history. For <see cref="DateTimeOffset"/> and <see cref="DateTime"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CreatedAtAttribute : Attribute;

/// <summary>
/// The time of the row's last write, by the database's clock. For <see cref="DateTimeOffset"/> and <see cref="DateTime"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UpdatedAtAttribute : Attribute;

/// <summary>
/// Turns deletion into a mark: on a <see cref="bool"/> it says whether the row is deleted, on a nullable
/// <see cref="DateTimeOffset"/> or <see cref="DateTime"/> since when. Marked rows are left out of every read.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SoftDeleteAttribute : Attribute;
