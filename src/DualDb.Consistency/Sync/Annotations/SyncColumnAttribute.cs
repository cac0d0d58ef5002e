namespace DualDb.Consistency.Sync;

/// <summary>Says what a property of the target is filled with, where that is no property of the same name.</summary>
/// <param name="target">The property of the target: <c>nameof(OrderSummary.Customer)</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SyncColumnAttribute(string target) : Attribute
{
    /// <summary>The property of the target.</summary>
    public string Target { get; } = target;

    /// <summary>The property of the source that it is copied from: <c>nameof(Order.UserId)</c>.</summary>
    public string? From { get; set; }

    /// <summary>An expression in SQL over the source's columns: <c>"upper(name)"</c>. It has to give the same for the same row, whenever it is asked.</summary>
    public string? Sql { get; set; }
}
