using DualDb.Migrations.Files.Sql;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Running;

/// <summary>Looks up what has become of statements that build or drop indexes outside of transactions.</summary>
internal static class IndexState
{
    private const string OfNewIndex = """
        select i.indisvalid, format('%I.%I', n.nspname, c.relname)
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        where i.indrelid = to_regclass($1) and c.relname = (parse_ident($2))[1]
        """;

    private const string LeftByReindex = """
        select format('%I.%I', n.nspname, c.relname)
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'
            and i.indrelid in (select to_regclass($1) union all select indrelid from pg_index where indexrelid = to_regclass($1))
        """;

    /// <summary>Whether the index of a statement is there and usable; with its name, where it is there.</summary>
    public static async Task<(bool? IsValid, string? Name)> OfAsync(NpgsqlConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(OfNewIndex, connection);
        command.Parameters.Add(Text(statement.Relation!));
        command.Parameters.Add(Text(statement.Target!));
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetBoolean(0), reader.GetString(1)) : (null, null);
    }

    /// <summary>Whether a relation is there.</summary>
    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, string relation, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        command.Parameters.Add(Text(relation));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>What <c>reindex concurrently</c> left half built on an index or the indexes of a table.</summary>
    public static async Task<IReadOnlyList<string>> LeftByReindexAsync(NpgsqlConnection connection, string relation, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(LeftByReindex, connection);
        command.Parameters.Add(Text(relation));
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
