using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Capture;

/// <summary>A table whose changes are captured, as it stands in the catalogue before a migration.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Table">Its name.</param>
/// <param name="Oid">Its number, which a name does not keep.</param>
/// <param name="Keys">The columns of its key, as the capture names them.</param>
/// <param name="KeyNumbers">Their numbers, which stay where a column is renamed; as an array's text.</param>
/// <param name="Columns">Its columns with their types, as one text.</param>
/// <param name="Triggers">How many of its triggers are there, and enabled.</param>
/// <param name="IsSynchronized">Whether its rows are carried to the other database.</param>
internal sealed record CapturedTable(string Schema, string Table, uint Oid, string[] Keys, string KeyNumbers, string Columns, long Triggers, bool IsSynchronized)
{
    /// <summary>The columns of <c>c</c> with their types.</summary>
    public const string ColumnsOfTable = """
        coalesce((select string_agg(format('%s %I %s', a.attnum, a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '')
        """;

    /// <summary>How many triggers of the capture <c>c</c> has.</summary>
    public const string TriggersOfTable = "(select count(*) from pg_trigger t where t.tgrelid = c.oid and t.tgenabled <> 'D' and t.tgname in ('dualdb_change_log', 'dualdb_change_log_insert', 'dualdb_change_log_truncate'))";

    private const string IsInstalled = "select to_regclass('dualdb.logged_tables') is not null and to_regclass('dualdb.sync_tables') is not null and to_regclass('dualdb.watched_tables') is not null";

    private const string Find = $"""
        select l.table_schema, l.table_name, c.oid, l.keys,
            coalesce((select array_agg(a.attnum order by k.place) from unnest(l.keys) with ordinality k (name, place) join pg_attribute a on a.attrelid = c.oid and a.attname = k.name), array[]::smallint[])::text,
            {ColumnsOfTable}, {TriggersOfTable},
            exists (select from dualdb.sync_tables s where s.table_schema = l.table_schema and s.table_name = l.table_name)
        from dualdb.logged_tables l
        join pg_class c on c.oid = to_regclass(format('%I.%I', l.table_schema, l.table_name))
        where {TriggersOfTable} > 0
        order by l.id
        """;

    /// <summary>Those of a database; none where nothing is captured.</summary>
    public static async Task<IReadOnlyList<CapturedTable>> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using (var asking = new NpgsqlCommand(IsInstalled, connection))
        {
            if (await asking.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
            {
                return [];
            }
        }

        using var command = new NpgsqlCommand(Find, connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var found = new List<CapturedTable>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(new CapturedTable(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<uint>(2), reader.GetFieldValue<string[]>(3), reader.GetString(4), reader.GetString(5), reader.GetInt64(6), reader.GetBoolean(7)));
        }

        return found;
    }
}
