namespace DualDb.Consistency.Sync.Verification;

/// <summary>What the search for orphans of one reference found.</summary>
/// <param name="Reference">The reference: <c>Order.UserId -> Profile</c>.</param>
/// <param name="Values">How many different values were looked for.</param>
/// <param name="Orphans">The values that are no key of the other side.</param>
/// <param name="IsPartial">Whether the search ended early, with as many orphans as were asked for.</param>
/// <param name="IsConfirmed">Whether they were looked for again after changes on their way had arrived; false where they did not arrive.</param>
public sealed record ReferenceVerification(string Reference, long Values, IReadOnlyList<OrphanedReference> Orphans, bool IsPartial, bool IsConfirmed)
{
    /// <summary>Whether a map marks what refers, or what is referred to, as sensitive.</summary>
    internal bool MasksValues { get; init; }
}

/// <summary>A value that is referred to, and that the other database has no row for.</summary>
/// <param name="Value">The value, as PostgreSQL writes it.</param>
/// <param name="Rows">How many rows refer to it.</param>
public sealed record OrphanedReference(string Value, long Rows);
