namespace DualDb.Consistency.Sync;

/// <summary>Says of a number of the source that it counts: with <see cref="ConflictPolicy.Delta"/>, what both sides have added is added up.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CounterAttribute : Attribute;
