using System.Globalization;
using System.Text;
using DualDb.ChangeLog;
using DualDb.Migrations.Model;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Moving;

/// <summary>The keys of the rows of a table that were changed between two moments, by the log; they are read some at a time, and once more from the first one.</summary>
/// <param name="source">The later moment.</param>
/// <param name="shape">The table.</param>
/// <param name="since">The earlier one.</param>
internal sealed class ChangedKeys(SourceSnapshot source, TableShape shape, ChangeLogPosition since)
{
    private readonly string _cursor = $"dualdb_changed_{Guid.NewGuid():N}";

    private readonly string _log = $"""
        dualdb.change_log l where l.table_schema = {SqlName.Literal(shape.Name.Schema)} and l.table_name = {SqlName.Literal(shape.Name.Name)}
            and (l.transaction >= pg_snapshot_xmax({SqlName.Literal(since.Seen)}::pg_snapshot) or l.transaction = any (array(select pg_snapshot_xip({SqlName.Literal(since.Seen)}::pg_snapshot))))
        """;

    /// <summary>How many changes there are, and whether the table was emptied.</summary>
    public async Task<(long Count, bool IsTruncated)> CountAsync(CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand($"select count(*), coalesce(bool_or(l.operation = 'T'), false) from {_log}", source.Connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    /// <summary>Begins to read them. Once for each instance; the moment ends it.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
        => SessionSettings.ExecuteAsync(
            source.Connection,
            $"declare {_cursor} scroll cursor for select k.doc::text from (select distinct d.doc from (select l.key, l.new_key from {_log}) l cross join lateral (values (l.key), (l.new_key)) d (doc) where d.doc is not null) k",
            cancellationToken);

    /// <summary>The next ones, as an array of JSON; null behind the last.</summary>
    public async Task<string?> NextAsync(int count, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"fetch {count} from {_cursor}"), source.Connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var keys = new StringBuilder();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Append(keys.Length == 0 ? '[' : ',').Append(reader.GetString(0));
        }

        return keys.Length == 0 ? null : keys.Append(']').ToString();
    }

    /// <summary>Goes back to in front of the first one.</summary>
    public Task RewindAsync(CancellationToken cancellationToken) => SessionSettings.ExecuteAsync(source.Connection, $"move absolute 0 in {_cursor}", cancellationToken);

    /// <summary>The present rows of some keys, those of them that are there still: the table is <c>t</c>.</summary>
    public string RowsOf(string keys)
        => $"jsonb_populate_recordset(null::{Table}, {SqlName.Literal(keys)}) k join {Table} t on {Join}";

    /// <summary>Removes the rows of some keys from the other side.</summary>
    public async Task DeleteAsync(NpgsqlConnection target, string table, string keys, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand($"delete from {table} t using jsonb_populate_recordset(null::{table}, $1) k where {Join}", target)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Jsonb } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those of some keys that have no row on the other side, as an array of JSON; null where all have.</summary>
    public async Task<string?> MissingAsync(NpgsqlConnection target, string table, string keys, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(
            $"select jsonb_agg(d.doc)::text from jsonb_array_elements($1) d (doc) cross join lateral jsonb_populate_record(null::{table}, d.doc) k where not exists (select from {table} t where {Join})", target)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Jsonb } },
        };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    private string Table => SqlName.Of(shape.Name.Schema, shape.Name.Name);

    private string Join => string.Join(" and ", shape.KeyNames.Select(static name => $"t.{SqlName.Quote(name)} = k.{SqlName.Quote(name)}"));
}
