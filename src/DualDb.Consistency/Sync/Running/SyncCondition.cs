using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Something that is the matter just now.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Whose changes; null where it concerns both sides.</param>
/// <param name="Part">Which part of the keys.</param>
/// <param name="Health">What it makes of the health.</param>
/// <param name="Words">It in words.</param>
internal sealed record SyncCondition(SyncAlertKind Kind, Database? Source, int Part, HealthStatus Health, string Words)
{
    /// <summary>What of several things of one kind it is about, each of which is told by itself; empty where they are told as one.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Under what it is told once, however many parts see it. A trigger's words name its database.</summary>
    public (SyncAlertKind Kind, Database? Source, string Subject) Key => (Kind, Kind is SyncAlertKind.CaptureMissing ? null : Source, Subject);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Positions of a log in which nothing concerns anybody are moved once an hour, and hold it until then.</summary>
    private static readonly TimeSpan Overstay = TimeSpan.FromHours(2);

    /// <summary>What is the matter with a direction.</summary>
    public static IEnumerable<SyncCondition> Of(FlowState state, SyncOptions options, TimeProvider clock)
    {
        if (state.Stopped is { } why)
        {
            yield return Unhealthy(SyncAlertKind.DirectionStopped, $"Changes of {state.Source} are not carried: {why}");
        }

        if (state.Fault is { } fault)
        {
            yield return Degraded(SyncAlertKind.MapsDiffer, $"{fault}");
        }

        // What all parts see of their direction is the first one's to tell.
        var tells = state.Part == 0;
        if (tells && state.IsHeld && state.NeedingBackfill.Count > 0)
        {
            yield return Degraded(
                SyncAlertKind.BackfillNeeded, $"Rows of {state.Source} from before they were synchronised have not been copied: {string.Join(", ", state.NeedingBackfill)}. Call db.Sync.BackfillAsync.");
        }

        foreach (var pause in tells ? state.Pauses.Where(pause => clock.GetUtcNow() - pause.Since > options.MaxPause).DistinctBy(static pause => pause.Map, StringComparer.Ordinal) : [])
        {
            yield return Degraded(SyncAlertKind.MapPaused, $"{pause.Words}. That lasts since {pause.Since:u}; see db.Sync.StatusAsync, and end it with db.Sync.ResumeAsync.") with { Subject = pause.Map };
        }

        if (state.Failure is { } failure)
        {
            var isLasting = state.SucceededAt is { } at && clock.GetElapsedTime(at) >= Patience;
            yield return new SyncCondition(
                SyncAlertKind.CarryingFails, state.Source, state.Part, isLasting ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"Changes of {state.Source} cannot be carried just now: {failure.Message}");
        }

        foreach (var missing in state.CaptureFaults)
        {
            yield return Unhealthy(SyncAlertKind.CaptureMissing, missing) with { Subject = missing };
        }

        if (state.Parked > 0)
        {
            yield return Degraded(SyncAlertKind.RowsParked, $"{state.Parked} changes of {state.Source} are put aside; see db.Sync.ParkedAsync.");
        }

        if (state.OpenConflicts > 0)
        {
            yield return Degraded(SyncAlertKind.ConflictsWait, $"{state.OpenConflicts} conflicts with changes of {state.Source} wait for a decision; see db.Sync.Conflicts.");
        }

        if (state.OldestAge > options.MaxAge)
        {
            yield return Degraded(SyncAlertKind.ChangesWait, $"The oldest change of {state.Source} has waited for {state.OldestAge.TotalSeconds:0} s.");
        }

        if (state.Pending > options.MaxPending)
        {
            yield return Degraded(SyncAlertKind.LogTooLong, $"More than {options.MaxPending} changes of {state.Source} wait.");
        }

        if (tells && state.OldestKept > options.Retention + Overstay)
        {
            yield return Degraded(
                SyncAlertKind.LogOutgrown,
                $"The log of {state.Source} holds changes that are {state.OldestKept.TotalHours:0} h old, and should for {options.Retention.TotalHours:0.#} h: it grows. A direction, a part or a map that does not go on holds them (db.Sync.StatusAsync), or a transaction that does not end (pg_stat_activity).");
        }

        if (state.SlotWarning is { } warning)
        {
            yield return Degraded(SyncAlertKind.WalRetained, $"{warning}") with { Subject = state.Part.ToString(CultureInfo.InvariantCulture) };
        }

        if (tells && state.OldestWriter > options.MaxTransactionAge)
        {
            yield return Degraded(SyncAlertKind.TransactionOpen, $"A transaction in {state.Source} has been writing for {state.OldestWriter.TotalSeconds:0} s: its changes arrive when it ends.");
        }

        if (state.Lag.IsHigh(clock.GetTimestamp()))
        {
            // Told, and no reason to take a node out of service.
            yield return new SyncCondition(SyncAlertKind.LagHigh, state.Source, state.Part, HealthStatus.Healthy, string.Create(CultureInfo.InvariantCulture, $"Of the changes of {state.Source} in the last minute, more than one in a hundred took longer than {options.MaxLag.TotalSeconds} s."));
        }

        SyncCondition Unhealthy(SyncAlertKind kind, string words) => new(kind, state.Source, state.Part, HealthStatus.Unhealthy, words);

        SyncCondition Degraded(SyncAlertKind kind, FormattableString words) => new(kind, state.Source, state.Part, HealthStatus.Degraded, words.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What the last comparison and the last counts have found.</summary>
    public static IEnumerable<SyncCondition> Of(ScheduledVerification verification)
    {
        // Read once: a comparison of somebody else may come in between.
        var known = verification.Last;
        var differing = verification.Altered.Where(static map => map is not { Differences.Count: 0, IsPartial: false }).ToList();
        foreach (var fault in (known?.Maps ?? []).Concat(verification.Altered).SelectMany(static map => map.Faults).Distinct(StringComparer.Ordinal))
        {
            yield return new SyncCondition(SyncAlertKind.CaptureMissing, Source: null, 0, HealthStatus.Unhealthy, fault) { Subject = fault };
        }

        if (known is { } last && last.Maps.Any(static map => map is not { Differences.Count: 0, IsPartial: false }))
        {
            yield return Both(SyncAlertKind.RowsDiffer, $"{last.Maps.Sum(static map => map.Differences.Count)} rows differed when both sides were last compared, {last.StartedAt:u}; see db.Sync.VerifyAsync and RepairAsync.");
        }

        else if (differing.Count > 0)
        {
            yield return Both(SyncAlertKind.RowsDiffer, $"{differing.Sum(static map => map.Differences.Count)} rows of {string.Join(", ", differing.Select(static map => map.Map))} differed when both sides were compared after a pause; see db.Sync.VerifyAsync and RepairAsync.");
        }

        if (known?.References.Sum(static reference => reference.Orphans.Count) is > 0 and var orphans)
        {
            yield return Both(SyncAlertKind.OrphansFound, $"{orphans} values were referred to that are not there when both sides were last compared, {known.StartedAt:u}; see db.Sync.VerifyAsync.");
        }

        if (verification.Counts.Where(static count => count.IsSuspicious).Select(static count => count.Map).ToList() is { Count: > 0 } maps)
        {
            yield return Both(SyncAlertKind.CountsDiffer, $"The counts of {string.Join(", ", maps)} differ; see db.Sync.VerifyAsync.");
        }

        static SyncCondition Both(SyncAlertKind kind, FormattableString words) => new(kind, Source: null, 0, HealthStatus.Degraded, words.ToString(CultureInfo.InvariantCulture));
    }
}
