using DualDb.Consistency.Sync.Verification;

namespace DualDb.Consistency.Sync.Running;

/// <summary>What is known of both sides once a comparison has been made after another.</summary>
internal static class LaterComparison
{
    /// <summary>Puts what was compared later in place of what was known of it; what it did not compare stays as it was found.</summary>
    /// <param name="known">What was known; null for nothing.</param>
    /// <param name="later">The later comparison.</param>
    /// <param name="isWhole">Whether it compared all maps.</param>
    /// <returns>What is known; null where a part is equal, and of the rest nothing is known.</returns>
    public static VerificationReport? Over(VerificationReport? known, VerificationReport later, bool isWhole)
    {
        if (known is null)
        {
            return isWhole || !later.IsConsistent ? later : null;
        }

        return later with
        {
            Maps = [.. known.Maps.Where(map => !later.Maps.Any(other => string.Equals(other.Map, map.Map, StringComparison.Ordinal))), .. later.Maps],
            References = [.. known.References.Where(one => !later.References.Any(other => string.Equals(other.Reference, one.Reference, StringComparison.Ordinal))), .. later.References],
        };
    }
}
