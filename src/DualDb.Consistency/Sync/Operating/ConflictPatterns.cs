using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync;

/// <summary>
/// Counts the open conflicts by what they have in common. The database compares their images, of however many there are; and only where other ones are open than the last time.
/// </summary>
internal sealed class ConflictPatterns(DatabaseSync sync)
{
    // Which are open: numbers are given out once, and what is decided is not opened again.
    private const string MarkSql = "select count(*), coalesce(max(id), 0), coalesce(sum(id), 0)::text from dualdb.sync_conflicts where winner = 'open'";

    /// <summary>By the definition of <see cref="ConflictComparison.Pattern"/>: values differ where their texts do.</summary>
    private const string GroupSql = """
        select map, pattern, count(*), min(at) from (
            select c.map, c.at, case
                when c.source_row is null then $2
                when c.target_new is null then $3
                else coalesce((
                    select string_agg('"' || replace(n.name, '"', '""') || '"', ', ' order by n.place) from jsonb_array_elements_text(m.columns) with ordinality as n (name, place)
                    where (c.source_row -> n.name)::text is distinct from (c.target_new -> n.name)::text
                ), '') end as pattern
            from dualdb.sync_conflicts c join jsonb_to_recordset($1) as m (map text, columns jsonb) on m.map = c.map
            where c.winner = 'open'
        ) as open group by map, pattern
        """;

    /// <summary>So long it is waited for new counts where there are earlier ones.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Database, Counted> _counted = new();
    private readonly Dictionary<Database, Task<Counted>> _counting = [];

    /// <summary>Those of one database. Counting goes on where nobody waits any more, so that the next look has it, and until then those of before are told: of very many, it takes longer than a page waits.</summary>
    public async Task<IReadOnlyList<ConflictPattern>> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var mark = await DatabaseCall.AskAsync(database, "Counting open conflicts", [DatabaseCall.Command(MarkSql)], ReadMarkAsync, cancellationToken).ConfigureAwait(false);
        if (_counted.TryGetValue(database.Kind, out var known) && known.Mark == mark)
        {
            return known.Patterns;
        }

        var counting = Count(database, mark);
        if (known is null)
        {
            return (await counting.WaitAsync(cancellationToken).ConfigureAwait(false)).Patterns;
        }

        await ((Task)counting).WaitAsync(Patience, sync.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return counting.IsCompleted ? (await counting.ConfigureAwait(false)).Patterns : known.Patterns;
    }

    private Task<Counted> Count(PostgresDatabase database, (long Count, long Greatest, string Sum) mark)
    {
        lock (_lock)
        {
            return _counting.TryGetValue(database.Kind, out var counting) && !counting.IsCompleted ? counting : _counting[database.Kind] = CountAsync(database, mark);
        }
    }

    // What is opened or decided between both is counted or not, and counted anew the next time: the mark is of before.
    private async Task<Counted> CountAsync(PostgresDatabase database, (long Count, long Greatest, string Sum) mark)
    {
        await Task.Yield();
        var patterns = await DatabaseCall.AskAsync(
            database,
            "Comparing open conflicts",
            [DatabaseCall.Command(GroupSql, Maps(database.Kind), DatabaseCall.Parameter(ConflictComparison.DeletedInSource), DatabaseCall.Parameter(ConflictComparison.DeletedInTarget))],
            ReadPatternsAsync,
            CancellationToken.None).ConfigureAwait(false);
        return _counted[database.Kind] = new Counted(mark, patterns);
    }

    private NpgsqlParameter Maps(Database database)
    {
        var maps = new JsonArray();
        foreach (var map in sync.Registry.Maps.Where(map => map.Source.Database == database))
        {
            maps.Add((JsonNode)new JsonObject { ["map"] = map.Name, ["columns"] = new JsonArray([.. map.Columns.Select(static column => (JsonNode?)column.Source)]) });
        }

        return new NpgsqlParameter { Value = maps.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb };
    }

    private static async Task<(long Count, long Greatest, string Sum)> ReadMarkAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)) : default;

    private static async Task<List<ConflictPattern>> ReadPatternsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var patterns = new List<ConflictPattern>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            patterns.Add(new ConflictPattern(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return patterns;
    }

    private sealed record Counted((long Count, long Greatest, string Sum) Mark, IReadOnlyList<ConflictPattern> Patterns);
}
