using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Operating;
using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Recording;

namespace DualDb.Consistency.Sync;

// What operators do: look, try again, discard, pause, go on, forget.
public sealed partial class DatabaseSync
{
    /// <summary>How each direction stands: what waits, what is put aside, and whether anybody carries it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<SyncStatus>> StatusAsync(CancellationToken cancellationToken = default) => new DirectionStatuses(this).ReadAsync(cancellationToken);

    /// <summary>How each map stands: what waits, what is put aside, which conflicts are open, and whether its rows from before have been copied.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<SyncMapStatus>> MapsAsync(CancellationToken cancellationToken = default) => new MapStatuses(this).ReadAsync(cancellationToken);

    /// <summary>The changes that were put aside, in the order in which they were made. They are tried again by themselves, ever later.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="limit">How many of each direction at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<ParkedChange>> ParkedAsync(string? map = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return new SyncOperations(this).ParkedAsync(map, limit, cancellationToken);
    }

    /// <summary>Has what is put aside tried again at once, by the node that carries it.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many changes.</returns>
    public Task<long> RetryParkedAsync(string? map = null, CancellationToken cancellationToken = default) => new SyncOperations(this).RetryAsync(map, cancellationToken);

    /// <summary>Has a change that was put aside tried again at once, with those of its row that stand before it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still put aside.</returns>
    public Task<bool> RetryParkedAsync(ParkedChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new ParkedChanges(this).RetryAsync(change, cancellationToken);
    }

    /// <summary>Finds a change that was put aside; null where it is no more.</summary>
    /// <param name="source">Whose change.</param>
    /// <param name="id">Its number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ParkedChange?> FindParkedAsync(Database source, long id, CancellationToken cancellationToken = default) => new ParkedChanges(this).FindAsync(source, id, cancellationToken);

    /// <summary>Gives up a change that was put aside. The row differs then, until another change of it, or a repair.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still put aside.</returns>
    public Task<bool> DiscardParkedAsync(ParkedChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new SyncOperations(this).DiscardAsync(change, cancellationToken);
    }

    /// <summary>
    /// Has a direction that was stopped go on from the present: after a database was restored, or a table truncated. What was missed is not carried; call <see cref="VerifyAsync"/> and
    /// <see cref="RepairAsync"/> afterwards. One that stopped since its replication slot was gone goes on where it was, and its slot is made anew.
    /// </summary>
    /// <param name="source">Whose changes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ResumeAsync(Database source, CancellationToken cancellationToken = default) => new SyncOperations(this).ResumeAsync(source, cancellationToken);

    /// <summary>
    /// Has the changes of a map wait, both ways, while those of all others are carried: for work on its tables. When this returns, nothing of it is being applied. Its changes stay in the log, and are carried when it goes on.
    /// Calling it again changes what was said.
    /// </summary>
    /// <param name="map">The map's name.</param>
    /// <param name="reason">Why, for whoever finds it paused.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="lasting">After what time it goes on by itself; null for when <see cref="ResumeAsync(string, string, CancellationToken)"/> is called.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public Task PauseAsync(string map, string reason, string actor, TimeSpan? lasting = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        if (lasting is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(lasting));
        }

        return new PauseOperations(this).PauseAsync(Named(map).Single(), reason, actor, lasting, cancellationToken);
    }

    /// <summary>Has a map go on that was paused by <see cref="PauseAsync"/>. What a migration pauses goes on when that is done, or when it has died.</summary>
    /// <param name="map">The map's name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <returns>Whether it was paused.</returns>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public Task<bool> ResumeAsync(string map, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        return new PauseOperations(this).ResumeAsync(Named(map).Single(), actor, cancellationToken);
    }

    /// <summary>
    /// Ends what is kept for a map that was removed from the model: until then, nodes without it leave its direction alone. Call it before <see cref="InstallAsync"/>, when no node runs any more that has
    /// the map: one that is started anew would record it anew. What it has put aside is given up, conflicts that wait for a decision too; its rows stay on both sides. Where it was the last map of a direction, the log there is no longer held.
    /// </summary>
    /// <param name="map">The map's name.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <returns>Whether it was recorded.</returns>
    /// <exception cref="NotSupportedException">A database is reached over REST.</exception>
    public async Task<bool> ForgetAsync(string map, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        PostgresDatabase neon = Require(_root.Neon), supabase = Require(_root.Supabase);
        var wasRecorded = await new MapForgetting(neon, supabase).RunAsync(map, cancellationToken).ConfigureAwait(false)
            | await new MapForgetting(supabase, neon).RunAsync(map, cancellationToken).ConfigureAwait(false);
        foreach (var (source, target) in new[] { (neon, supabase), (supabase, neon) })
        {
            // Nobody reads from its slots any more, and they would fill the disk.
            if (wasRecorded && (await RecordedMaps.FindAsync(target, source.Kind, cancellationToken).ConfigureAwait(false)).Current.Count == 0)
            {
                await new Slots(source).DropAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        Activity.Raise();
        return wasRecorded;
    }

    /// <summary>
    /// Drops the replication slots through which a database was decoded, and what publishes its change log: when <see cref="SyncSourceOptions.Source"/> was set back to <see cref="SyncSource.Polling"/>, and no node runs any more that has it
    /// otherwise. A slot that nobody reads from fills the disk. No change is lost by that: all are in the log.
    /// </summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <exception cref="DualDbConfigurationException">A node still reads from a slot; those of others were dropped.</exception>
    /// <exception cref="NotSupportedException">The database is reached over REST.</exception>
    public async Task DropSlotsAsync(Database source, CancellationToken cancellationToken = default)
    {
        if (await new Slots(Of(source)).DropAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new DualDbConfigurationException(
                $"A replication slot of {source} is being read from, and was left. Set SyncOptions.{source}.Source to Polling on all nodes, or stop those that have it otherwise, and call it again.") { Database = source };
        }
    }
}
