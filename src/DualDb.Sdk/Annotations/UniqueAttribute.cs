namespace DualDb;

/// <summary>
/// Says that no two rows hold the same value. The repository gains <c>FindBy…Async</c>.
/// Members that share a <see cref="Name"/> are unique together.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UniqueAttribute : Attribute
{
    /// <summary>The constraint's name; members with the same name form one constraint. Null for a constraint of this member alone.</summary>
    public string? Name { get; set; }
}
