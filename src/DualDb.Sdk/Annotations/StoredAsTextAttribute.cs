namespace DualDb;

/// <summary>
/// Stores an enum by the names of its members in a <c>text</c> column. Without it an enum is stored as its number.
/// On the enum itself it holds for every member of that type.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Enum)]
public sealed class StoredAsTextAttribute : Attribute;
