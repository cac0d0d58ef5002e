namespace DualDb;

/// <summary>
/// Makes updates optimistic: the row carries a counter (<see cref="int"/> or <see cref="long"/>) that starts at 1 and grows with
/// every write, and an update of a row that somebody else changed meanwhile fails with <c>ConcurrencyConflictException</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VersionAttribute : Attribute;
