using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync;

/// <summary>The conflicts as they are recorded: in each database, those that it decides.</summary>
internal sealed class ConflictLog(DatabaseSync sync)
{
    private const string ListSql = """
        select id, at, map, key, policy, winner, source_row::text, target_old::text, target_new::text, result::text, resolved_by from dualdb.sync_conflicts
        where ($1 is null or map = $1) and (not $2 or winner = 'open') and ($3 = 0 or id < $3) and ($5 is null or key = $5)
        order by id desc limit $4
        """;

    private const int MostCompared = 10_000;

    /// <summary>The databases that decide conflicts.</summary>
    public IEnumerable<Database> Sources => sync.Registry.Maps.Where(static candidate => candidate.Direction == SyncDirection.TwoWay).Select(static candidate => candidate.Source.Database).Distinct().Order();

    /// <summary>Those of one database, the latest first.</summary>
    /// <param name="database">The database.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those with a smaller number; 0 for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<List<StoredConflict>> ListAsync(Database database, SyncConflictFilter filter, long before, int limit, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            sync.Of(database),
            "Listing conflicts",
            [DatabaseCall.Command(ListSql, DatabaseCall.Parameter(filter.Map), Boolean(filter.OpenOnly), DatabaseCall.Parameter(before), DatabaseCall.Parameter(limit), DatabaseCall.Parameter(filter.Key))],
            ReadAsync,
            cancellationToken);

    /// <summary>The open ones, column by column: the latest 10,000 of each database.</summary>
    public async Task<List<ConflictComparison>> OpenAsync(string? map, CancellationToken cancellationToken)
    {
        const int PageSize = 500;
        var maps = sync.Named(map).ToDictionary(static one => one.Name, StringComparer.Ordinal);
        var open = new List<ConflictComparison>();
        foreach (var database in Sources)
        {
            var before = 0L;
            for (var looked = 0; looked < MostCompared; looked += PageSize)
            {
                var page = await ListAsync(database, new SyncConflictFilter { Map = map, OpenOnly = true }, before, PageSize, cancellationToken).ConfigureAwait(false);
                open.AddRange(page.Where(conflict => maps.ContainsKey(conflict.Map)).Select(conflict => ConflictComparison.Of(maps[conflict.Map], conflict)));
                if (page.Count < PageSize)
                {
                    break;
                }

                before = page[^1].Id;
            }
        }

        return open;
    }

    /// <summary>Conflicts page by page: those that Neon decides, the latest first, then those of Supabase.</summary>
    public async Task<IReadOnlyList<StoredConflict>> PageAsync(SyncConflictFilter filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredConflict>();
        foreach (var database in Sources.Where(database => after is null || database >= after.Value.Source))
        {
            if (found.Count < limit)
            {
                found.AddRange(await ListAsync(database, filter, after is { } place && place.Source == database ? place.Id : 0, limit - found.Count, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    private static async Task<List<StoredConflict>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var conflicts = new List<StoredConflict>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            conflicts.Add(new StoredConflict(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.GetString(3),
                Enum.Parse<ConflictPolicy>(reader.GetString(4)),
                Enum.Parse<ConflictWinner>(reader.GetString(5), ignoreCase: true),
                Text(reader, 6),
                Text(reader, 7),
                Text(reader, 8),
                Text(reader, 9),
                Text(reader, 10)));
        }

        return conflicts;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Boolean(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };
}
