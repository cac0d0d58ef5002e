using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Operating;

/// <summary>What operators do to changes that were put aside, and to directions that are stopped.</summary>
internal sealed class SyncOperations(DatabaseSync sync)
{
    private const string Parked = """
        select id, source, map, key, new::text, operation = 'D', parked_at, attempts, error from dualdb.sync_parked where ($1 is null or map = $1) and id > $2 order by id limit $3
        """;

    private const string RetrySql = "with moved as (update dualdb.sync_parked set next_attempt_at = clock_timestamp() where $1 is null or map = $1 returning 1) select count(*) from moved";

    private const string DiscardSql = "with gone as (delete from dualdb.sync_parked where id = $1 returning 1) select count(*) from gone";

    private const string ResumeSql = """
        update dualdb.sync_positions set stopped = null, stopped_at = null, keeps_position = false, position = case when keeps_position then position else $2 end,
            last_change_id = case when keeps_position then last_change_id end, last_recorded_at = case when keeps_position then last_recorded_at end
        where source = $1 and stopped is not null
        """;

    /// <summary>Also maps that are behind the others go on from the present. Before the position does: whoever takes it holds them anew.</summary>
    private const string ResumeHeldSql = "delete from dualdb.sync_held h where h.source = $1 and exists (select from dualdb.sync_positions p where p.source = h.source and p.part = h.part and p.stopped is not null and not p.keeps_position)";

    public async Task<IReadOnlyList<ParkedChange>> ParkedAsync(string? map, int limit, CancellationToken cancellationToken)
    {
        var all = new List<ParkedChange>();
        foreach (var (source, _) in Directions())
        {
            all.AddRange(await DatabaseCall.AskAsync(
                sync.Of(DatabaseSync.Other(source)), "Listing what is put aside", [DatabaseCall.Command(Parked, DatabaseCall.Parameter(map), DatabaseCall.Parameter(0L), DatabaseCall.Parameter(limit))], ReadParkedAsync, cancellationToken).ConfigureAwait(false));
        }

        return all;
    }

    public async Task<long> RetryAsync(string? map, CancellationToken cancellationToken)
    {
        var moved = 0L;
        foreach (var (source, _) in Directions())
        {
            moved += await DatabaseCall.RunAsync(sync.Of(DatabaseSync.Other(source)), "Trying again what is put aside", [DatabaseCall.Command(RetrySql, DatabaseCall.Parameter(map))], ReadCountAsync, cancellationToken).ConfigureAwait(false);
        }

        sync.Activity.Raise();
        return moved;
    }

    public async Task<bool> DiscardAsync(ParkedChange change, CancellationToken cancellationToken)
        => await DatabaseCall.RunAsync(sync.Of(DatabaseSync.Other(change.Source)), "Discarding what is put aside", [DatabaseCall.Command(DiscardSql, DatabaseCall.Parameter(change.Id))], ReadCountAsync, cancellationToken).ConfigureAwait(false) > 0;

    /// <summary>Follows the log from its present on: what was missed is for a comparison to find. One that only lacked its slot goes on from where it was.</summary>
    public async Task ResumeAsync(Database source, CancellationToken cancellationToken)
    {
        if (sync.Options.SourceOf(source).IsDecoded && Route.LeadingFrom(source, sync.Registry.Maps).Count > 0)
        {
            await new Slots(sync.Of(source)).CreateAsync(sync.Options.Parts, renew: true, cancellationToken).ConfigureAwait(false);
        }

        var position = await new ChangeLogReader(sync.Of(source)).BeginAsync(cancellationToken).ConfigureAwait(false);
        await DatabaseCall.RunAsync(sync.Of(DatabaseSync.Other(source)), "Resuming a direction", [DatabaseCall.Command(ResumeHeldSql, Site(source)), DatabaseCall.Command(ResumeSql, Site(source), DatabaseCall.Parameter(position.ToString()))], cancellationToken).ConfigureAwait(false);
        sync.Activity.Raise();
    }

    private IEnumerable<(Database Source, IReadOnlyList<Route> Routes)> Directions() => DirectionStatuses.Directions(sync);

    public static async Task<List<ParkedChange>> ReadParkedAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parked = new List<ParkedChange>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            parked.Add(new ParkedChange(
                reader.GetInt64(0),
                (Database)reader.GetInt16(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetBoolean(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetInt32(7),
                reader.GetString(8)));
        }

        return parked;
    }

    private static async Task<long> ReadCountAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : 0;

    private static NpgsqlParameter Site(Database source) => new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint };
}
