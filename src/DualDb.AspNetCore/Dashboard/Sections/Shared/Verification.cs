using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Begins a comparison, from whichever page.</summary>
internal static class Verification
{
    /// <param name="sync">The synchronisation.</param>
    /// <param name="work">Does it.</param>
    /// <param name="map">The map; null for all, and for references across databases.</param>
    /// <param name="actor">Who asks for it.</param>
    public static ActionMessage Start(DatabaseSync sync, BackgroundWork work, string? map, string actor)
        => work.Start(
            "verify " + (map ?? "all"),
            actor,
            async (_, token) =>
            {
                var run = await sync.Verifications.RunAsync(actor, new VerificationOptions { Map = map }, token).ConfigureAwait(false);
                return $"comparison {run.Id}: {(run.IsConsistent ? "equal" : $"{run.Differences} differ")}";
            });
}
