using System.Globalization;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Locks;

/// <summary>The leases of both databases, renewed until they are given back. They are taken in the same order by everybody, Neon's first, so that no two wait for each other.</summary>
internal sealed class DualLock : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly RunDatabases _databases;
    private readonly MigrationOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    private DualLock(RunDatabases databases, MigrationOptions options, Lease neon, Lease supabase, long takenAt, CancellationToken cancellationToken)
    {
        _databases = databases;
        _options = options;
        _clock = databases.Clock;
        Neon = neon;
        Supabase = supabase;
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = RenewAsync(takenAt, _ended.Token);
    }

    /// <summary>The lease of Neon.</summary>
    public Lease Neon { get; }

    /// <summary>The lease of Supabase.</summary>
    public Lease Supabase { get; }

    /// <summary>Cancelled with the caller's token, and when a lease is lost.</summary>
    public CancellationToken Token => _lost.Token;

    /// <summary>Whether a lease was lost.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The lease of a database.</summary>
    public Lease Of(Database database) => database == Database.Neon ? Neon : Supabase;

    /// <summary>Takes both leases, polling while another migrator has them.</summary>
    /// <exception cref="MigrationLockedException">Another migrator had them for longer than <see cref="MigrationOptions.LockWait"/>.</exception>
    public static async Task<DualLock> TakeAsync(RunDatabases databases, MigrationOptions options, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        var holder = string.Create(CultureInfo.InvariantCulture, $"{options.Actor} on {Environment.MachineName}, process {Environment.ProcessId}");
        var begun = databases.Clock.GetTimestamp();
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var takenAt = databases.Clock.GetTimestamp();
            PostgresDatabase blocked = databases.Neon;
            if (await LeaseSql.TryTakeAsync(databases.Neon, owner, options.Lease, holder, cancellationToken).ConfigureAwait(false) is { } neon)
            {
                if (await LeaseSql.TryTakeAsync(databases.Supabase, owner, options.Lease, holder, cancellationToken).ConfigureAwait(false) is { } supabase)
                {
                    return new DualLock(databases, options, neon, supabase, takenAt, cancellationToken);
                }

                // Not kept while waiting: it would have to be renewed, and the other may be had for long by one that lost this one.
                await LeaseSql.GiveBackAsync(databases.Neon, neon, cancellationToken).ConfigureAwait(false);
                blocked = databases.Supabase;
            }

            if (databases.Clock.GetElapsedTime(begun) >= options.LockWait)
            {
                var who = await LeaseSql.HolderAsync(blocked, cancellationToken).ConfigureAwait(false);
                throw new MigrationLockedException(
                    $"Another migrator has the lock in {blocked.Kind}: {who}. It was waited for {options.LockWait}. Wait for it and start again; a migrator that has died loses the lock by itself when its lease ends.") { Database = blocked.Kind, Holder = who };
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), databases.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What to raise where a lease is found to be another's.</summary>
    public static MigrationLeaseLostException Lost(Exception? cause = null) => new(
        "The lock for migrations was lost: this process stood still or could not reach a database for longer than MigrationOptions.Lease, and another migrator may have taken over. Nothing was committed since. Start again: the run goes on where it broke off.",
        cause);

    /// <summary>Stops renewing and gives both leases back.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await StopRenewingAsync().ConfigureAwait(false);
        if (!IsLost)
        {
            await LeaseSql.GiveBackAsync(_databases.Supabase, Supabase, cancellationToken).ConfigureAwait(false);
            await LeaseSql.GiveBackAsync(_databases.Neon, Neon, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops renewing. The leases end by themselves.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task StopRenewingAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
    }

    private async Task RenewAsync(long renewedAt, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Lease / 3, _clock, ended).ConfigureAwait(false);
                var asked = _clock.GetTimestamp();
                var renewed = await TryRenewBothAsync(_options.Lease - _clock.GetElapsedTime(renewedAt), ended).ConfigureAwait(false);
                renewedAt = renewed == true ? asked : renewedAt;
                if (renewed == false || _clock.GetElapsedTime(renewedAt) >= _options.Lease)
                {
                    IsLost = true;
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    /// <summary>Null where a database could not be asked, or gave no answer for as long as the lease lasts: over a line that swallows all, none would ever come.</summary>
    private async Task<bool?> TryRenewBothAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        left = left > ShortestPause ? left : ShortestPause;
        using var late = new CancellationTokenSource(left, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var renewed = await Task.WhenAll(
                LeaseSql.TryRenewAsync(_databases.Neon, Neon, _options.Lease, either.Token),
                LeaseSql.TryRenewAsync(_databases.Supabase, Supabase, _options.Lease, either.Token)).WaitAsync(left, _clock, cancellationToken).ConfigureAwait(false);
            return Array.TrueForAll(renewed, static one => one);
        }
        catch (Exception exception) when (exception is DualDbException or TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
