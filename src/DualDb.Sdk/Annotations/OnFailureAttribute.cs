namespace DualDb;

/// <summary>
/// Says what becomes of a view when the database of one of its members does not answer. Without it, the call fails with
/// <see cref="ViewMemberFailedException"/>.
/// </summary>
/// <param name="action">What becomes of it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OnFailureAttribute(FailedMember action) : Attribute
{
    /// <summary>What becomes of the view.</summary>
    public FailedMember Action { get; } = action;
}

/// <summary>What becomes of a view when the database of one of its members does not answer.</summary>
public enum FailedMember
{
    /// <summary>The call fails with <see cref="ViewMemberFailedException"/>.</summary>
    Throw = 0,

    /// <summary>The member is null, or an empty list, and the view says so: <see cref="IPartialView.IsPartial"/>.</summary>
    Null = 1,
}
