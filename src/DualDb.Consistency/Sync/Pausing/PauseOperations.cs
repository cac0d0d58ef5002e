using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Pausing;

/// <summary>Pauses a map by hand, and has it go on.</summary>
internal sealed class PauseOperations(DatabaseSync sync)
{
    /// <summary>The positions first: of two that pause a map at once, the second finds what the first has written.</summary>
    private const string Prolong = $"update dualdb.sync_pauses p set reason = $2, actor = $3, expires_at = coalesce(clock_timestamp() + $4, 'infinity') where p.map = $1 and {PauseSql.IsOpen}";

    private const string Begin = $"""
        insert into dualdb.sync_pauses (map, reason, actor, expires_at)
        select $1, $2, $3, coalesce(clock_timestamp() + $4, 'infinity') where not exists (select from dualdb.sync_pauses p where p.map = $1 and {PauseSql.IsOpen})
        """;

    private const string End = $"""
        with ended as (update dualdb.sync_pauses p set ended_at = clock_timestamp(), ended_by = $2 where p.map = $1 and {PauseSql.IsOpen} returning 1)
        select count(*) > 0 from ended
        """;

    private static readonly Database[] Both = [Database.Neon, Database.Supabase];

    public async Task PauseAsync(SyncMap map, string reason, string actor, TimeSpan? lasting, CancellationToken cancellationToken)
    {
        foreach (var database in Both)
        {
            await DatabaseCall.RunAsync(sync.Of(database), $"Pausing {map.Name}", [DatabaseCall.Command(PauseSql.Revoke), Command(Prolong), Command(Begin)], cancellationToken).ConfigureAwait(false);
        }

        sync.Activity.Raise();

        NpgsqlBatchCommand Command(string sql) => DatabaseCall.Command(
            sql, DatabaseCall.Parameter(map.Name), DatabaseCall.Parameter(reason), DatabaseCall.Parameter(actor), new NpgsqlParameter { Value = (object?)lasting ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
    }

    public async Task<bool> ResumeAsync(SyncMap map, string actor, CancellationToken cancellationToken)
    {
        var wasPaused = false;
        foreach (var database in Both)
        {
            wasPaused |= await DatabaseCall.RunAsync(
                sync.Of(database),
                $"Having {map.Name} go on",
                [DatabaseCall.Command(End, DatabaseCall.Parameter(map.Name), DatabaseCall.Parameter(actor))],
                static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0),
                cancellationToken).ConfigureAwait(false);
        }

        sync.Activity.Raise();
        return wasPaused;
    }
}
