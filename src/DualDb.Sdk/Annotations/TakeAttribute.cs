namespace DualDb;

/// <summary>Limits a list of a view: each parent gets at most so many rows, the first ones in the list's order.</summary>
/// <param name="count">How many rows, 1 or more.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TakeAttribute(int count) : Attribute
{
    /// <summary>How many rows, 1 or more.</summary>
    public int Count { get; } = count;
}
