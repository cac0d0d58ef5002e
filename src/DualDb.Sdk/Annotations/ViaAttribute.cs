namespace DualDb;

/// <summary>
/// Names the reference by which a member of a view is found, where several would do: <c>[Via(nameof(Order.BuyerId))]</c>.
/// </summary>
/// <param name="reference">
/// The member that carries <see cref="ReferencesAttribute{T}"/>, on either side of the path.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ViaAttribute(string reference) : Attribute
{
    /// <summary>The member that carries <see cref="ReferencesAttribute{T}"/>.</summary>
    public string Reference { get; } = reference;

    /// <summary>The member of the view at the other end of the path; null where the reference alone decides.</summary>
    public string? From { get; set; }
}
