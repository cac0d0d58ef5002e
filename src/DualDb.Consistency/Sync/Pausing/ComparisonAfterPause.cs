using System.Collections.Concurrent;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Verification;
using DualDb.Errors;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Pausing;

/// <summary>Compares both sides of maps whose pause is over, on one of the nodes that carry changes.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="isResponsible">Whether it may be this node's to do: one that holds a direction.</param>
/// <param name="keep">Keeps what was found.</param>
/// <param name="clock">Whose intervals.</param>
/// <param name="logger">Is told of differences.</param>
internal sealed class ComparisonAfterPause(DatabaseSync sync, Func<bool> isResponsible, Func<VerificationReport, VerificationReason, CancellationToken, Task> keep, TimeProvider clock, ILogger logger)
{
    private const string Over = $"""
        select p.id, r.map from unnest($1::text[], $2::text[], $3::text[]) r (map, from_table, to_table) join dualdb.sync_pauses p on p.compared_at is null and not ({PauseSql.IsOpen}) and {PauseSql.IsOf}
        """;

    private const string Compared = "update dualdb.sync_pauses set compared_at = clock_timestamp() where id = any ($1)";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<Route> _routes = [.. sync.Registry.Maps.SelectMany(Route.Of)];
    private readonly ConcurrentDictionary<string, MapVerification> _found = new(StringComparer.Ordinal);
    private long _comparedAt;

    /// <summary>What differed when it was last compared here, or could not be compared to its end.</summary>
    public IReadOnlyList<MapVerification> Found { get; private set; } = [];

    /// <summary>All maps were compared since: what is the matter, that comparison tells.</summary>
    public void Forget()
    {
        _found.Clear();
        Found = [];
    }

    /// <summary>A map was compared since: what is the matter with it, that comparison tells.</summary>
    public void Forget(string map)
    {
        _found.TryRemove(map, out _);
        Found = [.. _found.Values];
    }

    /// <summary>Compares until it is told to stop; returns at once where nobody has asked for it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (!sync.Options.VerifyAfterPause)
        {
            return;
        }

        // In Supabase, which does not sleep; each pause is written there.
        var lease = new TaskLease(sync.Of(Database.Supabase), "the comparison after a pause", Interval / 2, sync.Options.Lease);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            try
            {
                if (isResponsible() && (MustRepeat || (await OverAsync(stopping).ConfigureAwait(false)).Count > 0))
                {
                    await lease.RunAsync(CompareAsync, stopping).ConfigureAwait(false);
                }
            }
            catch (DualDbException failure)
            {
                SyncLog.VerificationFailed(logger, ServerWords.Loggable(failure));
            }
        }
    }

    /// <summary>What differed may be repaired by now.</summary>
    private bool MustRepeat => Found.Count > 0 && clock.GetElapsedTime(_comparedAt) >= sync.Options.AlertRepeat;

    private async Task CompareAsync(CancellationToken stopping)
    {
        // Another node may have compared them meanwhile.
        var over = await OverAsync(stopping).ConfigureAwait(false);
        foreach (var map in over.Select(static one => one.Map).Concat(MustRepeat ? Found.Select(static found => found.Map) : []).Distinct(StringComparer.Ordinal).ToList())
        {
            var report = await sync.CompareAsync(new VerificationOptions { Map = map }, stopping).ConfigureAwait(false);
            await keep(report, VerificationReason.Pause, stopping).ConfigureAwait(false);
            var compared = report.Maps[0];
            _found.TryRemove(map, out _);
            if (compared is not { Differences.Count: 0, IsPartial: false, Faults.Count: 0 })
            {
                _found[map] = compared;
                SyncLog.Differs(logger, compared.Differences.Count, map);
            }
        }

        (Found, _comparedAt) = ([.. _found.Values], clock.GetTimestamp());
        await DatabaseCall.RunAsync(
            sync.Of(Database.Supabase), "Recording the comparison after a pause", [DatabaseCall.Command(Compared, DatabaseCall.Parameter(over.Select(static one => one.Id).Distinct().ToArray(), NpgsqlDbType.Bigint))], stopping).ConfigureAwait(false);
    }

    private Task<List<(long Id, string Map)>> OverAsync(CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(sync.Of(Database.Supabase), "Looking for pauses that are over", [DatabaseCall.Command(Over, PauseSql.Ways(_routes))], ReadAsync, cancellationToken);

    private static async Task<List<(long Id, string Map)>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var over = new List<(long, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            over.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return over;
    }
}
