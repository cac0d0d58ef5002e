namespace DualDb;

/// <summary>Leaves a property out of the table: it is neither read nor written.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotMappedAttribute : Attribute;
