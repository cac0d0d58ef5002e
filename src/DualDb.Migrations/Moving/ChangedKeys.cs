using System.Text;
using DualDb.ChangeLog;
using DualDb.Migrations.Model;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Moving;

/// <summary>The rows of a table that were changed between two moments, by the log.</summary>
/// <param name="source">The later moment.</param>
/// <param name="shape">The table.</param>
/// <param name="since">The earlier one.</param>
internal sealed class ChangedKeys(SourceSnapshot source, TableShape shape, ChangeLogPosition since)
{
    private const int MostKeys = 5_000;

    private readonly string _log = $"""
        dualdb.change_log l where l.table_schema = {SqlName.Literal(shape.Name.Schema)} and l.table_name = {SqlName.Literal(shape.Name.Name)}
            and (l.transaction >= pg_snapshot_xmax({SqlName.Literal(since.Seen)}::pg_snapshot) or l.transaction = any (array(select pg_snapshot_xip({SqlName.Literal(since.Seen)}::pg_snapshot))))
        """;

    /// <summary>Their present rows, those of them that are there still: the table is <c>t</c>.</summary>
    public string Rows => $"""
        (select distinct d.doc from (select l.key, l.new_key from {_log}) l cross join lateral (values (l.key), (l.new_key)) d (doc) where d.doc is not null) changed
            cross join lateral jsonb_populate_record(null::{SqlName.Of(shape.Name.Schema, shape.Name.Name)}, changed.doc) k
            join {SqlName.Of(shape.Name.Schema, shape.Name.Name)} t on {string.Join(" and ", shape.KeyNames.Select(static name => $"t.{SqlName.Quote(name)} = k.{SqlName.Quote(name)}"))}
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

    /// <summary>Removes them from the other side.</summary>
    public async Task DeleteAsync(NpgsqlConnection target, string table, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(
            $"select distinct d.doc::text from (select l.key, l.new_key from {_log}) l cross join lateral (values (l.key), (l.new_key)) d (doc) where d.doc is not null", source.Connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var keys = new StringBuilder();
        var count = 0;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Append(keys.Length == 0 ? '[' : ',').Append(reader.GetString(0));
            if (++count % MostKeys == 0)
            {
                await DeleteAsync(target, table, keys, cancellationToken).ConfigureAwait(false);
            }
        }

        if (keys.Length > 0)
        {
            await DeleteAsync(target, table, keys, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(NpgsqlConnection target, string table, StringBuilder keys, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(
            $"delete from {table} t using jsonb_populate_recordset(null::{table}, $1) k where {string.Join(" and ", shape.KeyNames.Select(static name => $"t.{SqlName.Quote(name)} = k.{SqlName.Quote(name)}"))}", target)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = keys.Append(']').ToString(), NpgsqlDbType = NpgsqlDbType.Jsonb } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        keys.Clear();
    }
}
