using DualDb.Consistency.Sync.Verification.Runs;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>
/// Comparisons that are kept, with the rows that they found to differ: <c>db.Sync.Verifications</c>. Those of <see cref="SyncOptions.VerifyEvery"/> are kept too. What is kept is bounded: <see cref="SyncOptions.VerificationRetention"/>, at most 1,000 comparisons.
/// </summary>
public sealed class SyncVerifications
{
    /// <summary>How many comparisons are kept.</summary>
    internal const int MostRuns = 1000;

    /// <summary>How many differences are kept of one comparison.</summary>
    internal const int MostDifferences = 5000;

    private readonly DatabaseSync _sync;

    internal SyncVerifications(DatabaseSync sync) => _sync = sync;

    /// <summary>Compares both sides, and keeps what was found. See <see cref="DatabaseSync.VerifyAsync"/>.</summary>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="options">What is compared, and how; null for everything.</param>
    /// <param name="cancellationToken">Cancels the comparison; nothing is kept then.</param>
    /// <exception cref="SchemaVersionException">The tables are missing: call <see cref="DatabaseSync.InstallAsync"/>.</exception>
    public async Task<VerificationRun> RunAsync(string actor, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        var report = await _sync.VerifyAsync(options, cancellationToken).ConfigureAwait(false);
        var id = await KeepAsync(report, VerificationReason.Asked, actor, cancellationToken).ConfigureAwait(false);
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"The comparison {id} was removed at once: SyncOptions.VerificationRetention is too short.");
    }

    /// <summary>The comparisons that are kept, the latest first.</summary>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<VerificationRun>> ListAsync(VerificationRun? before = null, int limit = 50, CancellationToken cancellationToken = default) => ListBeforeAsync(before?.Id ?? long.MaxValue, limit, cancellationToken);

    /// <summary>Finds one; null where there is none.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<VerificationRun?> FindAsync(long id, CancellationToken cancellationToken = default)
        => (await RunReading.ListAsync(Home, id, 1, onlyThis: true, cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>The differences that one found, in their order; 5,000 are kept at most.</summary>
    /// <param name="id">The comparison's number.</param>
    /// <param name="name">The map, or the reference; null for all.</param>
    /// <param name="after">The number of the last one of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<KeptDifference>> DifferencesAsync(long id, string? name = null, int after = 0, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return RunReading.DifferencesAsync(Home, id, name, after, limit, cancellationToken);
    }

    /// <summary>
    /// Repairs what a comparison found of rows. However old it is, nothing is lost by that: a row is said anew as it is now where it is right, and goes the way of every change. Broken references are not repaired: nobody knows which side is right.
    /// </summary>
    /// <param name="id">The comparison's number.</param>
    /// <param name="actor">Who has it repaired.</param>
    /// <param name="map">The map; null for all that it compared.</param>
    /// <param name="options">Whose rows are right, and what may be done; null for the source's, and everything. With <see cref="RepairOptions.DryRun"/>, it is only told what would be done.</param>
    /// <param name="cancellationToken">Cancels the work; what was repaired until then stays.</param>
    /// <returns>What was done, or would be, by row.</returns>
    /// <exception cref="ArgumentException">There is no such comparison, or no such map.</exception>
    /// <exception cref="NotSupportedException">The target's rows are to be right, and a map is one-way. Nothing was repaired.</exception>
    /// <exception cref="SyncTimeoutException">The repairs did not arrive: no node runs, or the direction is stopped.</exception>
    public async Task<IReadOnlyList<RepairAction>> RepairAsync(long id, string actor, string? map = null, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        options ??= new RepairOptions();
        var run = await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new ArgumentException($"No comparison {id} is kept. List them with db.Sync.Verifications.ListAsync().", nameof(id));
        _ = _sync.Named(map);
        var found = await RunReading.RowsAsync(Home, id, map, MostDifferences, cancellationToken).ConfigureAwait(false);
        var report = new VerificationReport(run.StartedAt, run.Duration, [.. found.GroupBy(static difference => difference.Map, StringComparer.Ordinal).Select(static rows => new MapVerification(rows.Key, 0, 0, [.. rows], 0, IsPartial: false, IsConfirmed: true, []))]);
        var actions = await _sync.RepairAsync(report, options, cancellationToken).ConfigureAwait(false);
        if (!options.DryRun)
        {
            await RunWriting.MarkRepairedAsync(Home, id, actor, actions.Count(static action => action.Action is not "none"), cancellationToken).ConfigureAwait(false);
        }

        return actions;
    }

    /// <summary>Both sides' present rows of a key.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key as JSON by the source's columns, as <see cref="KeptDifference.Key"/> has it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RowComparison> RowAsync(string map, string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new RowImages(_sync, _sync.Named(map).Single()).ReadAsync(key, cancellationToken);
    }

    internal Task<IReadOnlyList<VerificationRun>> ListBeforeAsync(long before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return RunReading.ListAsync(Home, before, limit, onlyThis: false, cancellationToken);
    }

    /// <summary>Keeps a report, and removes what is older than it is to be kept.</summary>
    /// <returns>Its number.</returns>
    internal Task<long> KeepAsync(VerificationReport report, VerificationReason reason, string? actor, CancellationToken cancellationToken)
        => RunWriting.KeepAsync(Home, report, reason, actor, _sync.Options.VerificationRetention, cancellationToken);

    // Supabase does not sleep.
    private PostgresDatabase Home => _sync.Of(Database.Supabase);
}
