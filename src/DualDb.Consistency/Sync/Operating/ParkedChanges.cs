using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Operating;

/// <summary>Changes that were put aside, page by page and one by one. Each lies in the database that refused it.</summary>
internal sealed class ParkedChanges(DatabaseSync sync)
{
    private const string Page = """
        select id, source, map, key, new::text, operation = 'D', parked_at, attempts, error from dualdb.sync_parked where source = $1 and ($2 is null or map = $2) and id > $3 order by id limit $4
        """;

    /// <summary>What stands before it goes first, or it would be put aside again.</summary>
    private const string Retry = """
        with asked as (select source, map, key, id from dualdb.sync_parked where id = $1 and source = $2), moved as (
            update dualdb.sync_parked p set next_attempt_at = clock_timestamp() from asked a where p.source = a.source and p.map = a.map and p.key = a.key and p.id <= a.id returning 1
        )
        select count(*) from moved
        """;

    /// <summary>Those of the databases that can be read: changes of Neon's first, then those of Supabase's.</summary>
    public async Task<(IReadOnlyList<ParkedChange> Changes, IReadOnlyList<UnreadDatabase> Missing)> KnownPageAsync(string? map, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        var read = await EachDatabase.ReadAsync(
            Sources().Where(source => after is null || source >= after.Value.Source).Select(Target),
            (target, token) =>
            {
                var source = DatabaseSync.Other(target.Kind);
                return ListAsync(source, map, after is { } place && place.Source == source ? place.Id : 0, limit, token);
            },
            cancellationToken).ConfigureAwait(false);
        return ([.. read.Values.SelectMany(static changes => changes).Take(limit)], read.Missing);
    }

    public async Task<ParkedChange?> FindAsync(Database source, long id, CancellationToken cancellationToken)
        => Sources().Contains(source) && id > 0 && await ListAsync(source, null, id - 1, 1, cancellationToken).ConfigureAwait(false) is [var found] && found.Id == id ? found : null;

    public async Task<bool> RetryAsync(ParkedChange change, CancellationToken cancellationToken)
    {
        var moved = await DatabaseCall.RunAsync(
            Target(change.Source),
            "Trying again what is put aside",
            [DatabaseCall.Command(Retry, DatabaseCall.Parameter(change.Id), Site(change.Source))],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
            cancellationToken).ConfigureAwait(false);
        if (moved > 0)
        {
            sync.Activity.Raise();
        }

        return moved > 0;
    }

    private Task<List<ParkedChange>> ListAsync(Database source, string? map, long after, int limit, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            Target(source),
            "Listing what is put aside",
            [DatabaseCall.Command(Page, Site(source), DatabaseCall.Parameter(map), DatabaseCall.Parameter(after), DatabaseCall.Parameter(limit))],
            SyncOperations.ReadParkedAsync,
            cancellationToken);

    private IEnumerable<Database> Sources() => new[] { Database.Neon, Database.Supabase }.Where(source => Route.LeadingFrom(source, sync.Registry.Maps).Count > 0);

    private PostgresDatabase Target(Database source) => sync.Of(DatabaseSync.Other(source));

    private static NpgsqlParameter Site(Database source) => new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint };
}
