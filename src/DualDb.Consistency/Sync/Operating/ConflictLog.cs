using System.Runtime.CompilerServices;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync;

/// <summary>The conflicts as they are recorded: in each database, those that it decides.</summary>
internal sealed class ConflictLog(DatabaseSync sync)
{
    private const string Select = """
        select id, at, map, key, policy, winner, source_row::text, target_old::text, target_new::text, result::text, resolved_by from dualdb.sync_conflicts
        """;

    private const string ListSql = $"""
        {Select}
        where ($1 is null or map = $1) and (not $2 or winner = 'open') and ($3 = 0 or id < $3) and ($5 is null or key = $5)
        order by id desc limit $4
        """;

    private const string OpenSql = $"""
        {Select}
        where map = $1 and winner = 'open' and id > $2 and id <= $3
        order by id limit $4
        """;

    private const string GreatestSql = "select coalesce(max(id), 0) from dualdb.sync_conflicts where map = $1 and winner = 'open'";

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

    /// <summary>All of a map that are open by now, the first one first, page by page: however many they are, one page of them is in memory.</summary>
    public async IAsyncEnumerable<StoredConflict> OpenAsync(SyncMap map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PageSize = 500;
        var database = sync.Of(map.Source.Database);
        var greatest = await DatabaseCall.AskAsync(
            database,
            "Listing open conflicts",
            [DatabaseCall.Command(GreatestSql, DatabaseCall.Parameter(map.Name))],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
            cancellationToken).ConfigureAwait(false);
        for (var after = 0L; after < greatest;)
        {
            var page = await DatabaseCall.AskAsync(
                database,
                "Listing open conflicts",
                [DatabaseCall.Command(OpenSql, DatabaseCall.Parameter(map.Name), DatabaseCall.Parameter(after), DatabaseCall.Parameter(greatest), DatabaseCall.Parameter(PageSize))],
                ReadAsync,
                cancellationToken).ConfigureAwait(false);
            foreach (var conflict in page)
            {
                yield return conflict;
            }

            after = page.Count < PageSize ? greatest : page[^1].Id;
        }
    }

    /// <summary>Conflicts page by page, of the databases that can be read: those that Neon decides, the latest first, then those of Supabase.</summary>
    public async Task<(IReadOnlyList<StoredConflict> Conflicts, IReadOnlyList<UnreadDatabase> Missing)> KnownPageAsync(SyncConflictFilter filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        var read = await EachDatabase.ReadAsync(
            Sources.Where(source => after is null || source >= after.Value.Source).Select(sync.Of),
            (database, token) => ListAsync(database.Kind, filter, after is { } place && place.Source == database.Kind ? place.Id : 0, limit, token),
            cancellationToken).ConfigureAwait(false);
        return ([.. read.Values.SelectMany(static conflicts => conflicts).Take(limit)], read.Missing);
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
