using DualDb.Migrations.Model;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Drift.Catalogue;

/// <summary>Reads the catalogue: one round trip.</summary>
internal static class CatalogueReader
{
    /// <summary>Reads what is there of tables and enum types.</summary>
    public static async Task<DatabaseCatalogue> ReadAsync(
        NpgsqlConnection connection, Database database, IReadOnlyList<(string Schema, string Name)> tables, IReadOnlyList<(string Schema, string Name)> enums, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CatalogueSql.Server));
        foreach (var sql in (string[])[CatalogueSql.Tables, CatalogueSql.Columns, CatalogueSql.Constraints, CatalogueSql.Indexes, CatalogueSql.Triggers, CatalogueSql.Others])
        {
            batch.BatchCommands.Add(Command(sql, tables));
        }

        batch.BatchCommands.Add(Command(CatalogueSql.Enums, enums));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var rows = new CatalogueRows(reader, database);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlBatchCommand Command(string sql, IReadOnlyList<(string Schema, string Name)> names)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Parameter(names.Select(static name => name.Schema)));
        command.Parameters.Add(Parameter(names.Select(static name => name.Name)));
        return command;
    }

    private static NpgsqlParameter<string[]> Parameter(IEnumerable<string> names) => new() { TypedValue = [.. names], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
