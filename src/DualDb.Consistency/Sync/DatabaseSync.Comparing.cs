using DualDb.Consistency.Sync.Verification;

namespace DualDb.Consistency.Sync;

// Whether both sides agree, and having them agree.
public sealed partial class DatabaseSync
{
    /// <summary>
    /// Compares both sides: hashes of blocks first, then the rows of those that differ, and these once more when changes on their way have arrived. Then it looks for rows that refer to what the other database does not have.
    /// </summary>
    /// <param name="options">What is compared, and how; null for everything.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public async Task<VerificationReport> VerifyAsync(VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var report = await CompareAsync(options, cancellationToken).ConfigureAwait(false);

        // What a comparison found that was due is not the last word, once somebody has repaired it and looked again.
        Activity.Asked?.Invoke(report);
        return report;
    }

    /// <summary>The same, for who tells by himself what was found.</summary>
    internal async Task<VerificationReport> CompareAsync(VerificationOptions? options, CancellationToken cancellationToken)
    {
        options ??= new VerificationOptions();
        options.Check();
        var clock = _root.Neon.Clock;
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var maps = new List<MapVerification>();
        foreach (var map in Named(options.Map))
        {
            maps.Add(await new Verifier(this, options).RunAsync(map, cancellationToken).ConfigureAwait(false));
        }

        var references = new List<ReferenceVerification>();
        foreach (var reference in options is { Orphans: true, Map: null } ? Registry.References : [])
        {
            references.Add(await new OrphanSearch(this, reference, options).RunAsync(cancellationToken).ConfigureAwait(false));
        }

        var report = new VerificationReport(startedAt, clock.GetElapsedTime(began), maps) { References = references };
        Activity.Observer?.Verified(report);
        return report;
    }

    /// <summary>Counts the rows of both sides: a first look before <see cref="VerifyAsync"/>. Equal counts do not say that the rows are equal.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the counting.</param>
    public async Task<IReadOnlyList<CountComparison>> CompareCountsAsync(string? map = null, CancellationToken cancellationToken = default)
    {
        var counts = new List<CountComparison>();
        foreach (var found in Named(map))
        {
            var source = await TableSide.OpenAsync(Of(found.Source.Database), found, isSource: true, cancellationToken).ConfigureAwait(false);
            var target = await TableSide.OpenAsync(Of(found.Target.Database), found, isSource: false, cancellationToken).ConfigureAwait(false);
            var (left, right) = (new SideReader(source).CountAsync(cancellationToken), new SideReader(target).CountAsync(cancellationToken));
            await Task.WhenAll(left, right).ConfigureAwait(false);
            counts.Add(new CountComparison(found.Name, await left.ConfigureAwait(false), await right.ConfigureAwait(false), Options.CountThreshold));
        }

        return counts;
    }

    /// <summary>Repairs the rows that a comparison found to differ. Repairs are changes like others: they are carried in order, and a row that is written meanwhile is not lost.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="options">Whose rows are right, and what may be done; null for the source's, and everything.</param>
    /// <param name="cancellationToken">Cancels the work; what was repaired until then stays.</param>
    /// <returns>What was done, by row.</returns>
    /// <exception cref="NotSupportedException">The target's rows are to be right, and a map is one-way. Nothing was repaired.</exception>
    /// <exception cref="SyncTimeoutException">The repairs did not arrive: no node runs, or the direction is stopped.</exception>
    public async Task<IReadOnlyList<RepairAction>> RepairAsync(VerificationReport report, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var found = report.Maps.Where(static map => map.Differences.Count > 0).Select(map => (Map: Named(map.Map).Single(), map.Differences)).ToList();
        var repairer = new Repairer(this, options ?? new RepairOptions());
        foreach (var (map, _) in found)
        {
            repairer.Check(map);
        }

        var actions = new List<RepairAction>();
        foreach (var (map, differences) in found)
        {
            actions.AddRange(await repairer.RunAsync(map, differences, cancellationToken).ConfigureAwait(false));
        }

        return actions;
    }
}
