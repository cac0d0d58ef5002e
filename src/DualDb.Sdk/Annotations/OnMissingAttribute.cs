namespace DualDb;

/// <summary>
/// Says what becomes of a view when the row of one of its members is missing. Without it, a nullable member is null, and a member that
/// accepts no null raises <see cref="ViewMemberMissingException"/>. A list is never missing, only empty.
/// </summary>
/// <param name="action">What becomes of it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OnMissingAttribute(MissingRow action) : Attribute
{
    /// <summary>What becomes of the view.</summary>
    public MissingRow Action { get; } = action;
}

/// <summary>What becomes of a view when the row of one of its members is missing.</summary>
public enum MissingRow
{
    /// <summary>The member is null; it must accept that.</summary>
    Null = 0,

    /// <summary>The view is left out, as if its root row did not exist.</summary>
    Skip = 1,

    /// <summary>The call fails with <see cref="ViewMemberMissingException"/>.</summary>
    Throw = 2,
}
