namespace DualDb;

/// <summary>
/// A view with members that may fail without failing the view. The generator adds it to every view that has <c>[OnFailure(FailedMember.Null)]</c>
/// on a member, its own or that of a view within it.
/// </summary>
public interface IPartialView
{
    /// <summary>Whether a member could not be read, so that null or an empty list stands in its place.</summary>
    bool IsPartial { get; }

    /// <summary>The members that could not be read, and why; empty where all could.</summary>
    IReadOnlyList<ViewFailure> Failures { get; }
}

/// <summary>A member of a view that could not be read.</summary>
/// <param name="Member">The member, with the members around it where views are nested: <c>Order.Buyer</c>.</param>
/// <param name="Database">The database that was asked for it.</param>
/// <param name="Reason">Why: host, cause and next step, never a password.</param>
public sealed record ViewFailure(string Member, Database Database, string Reason);
