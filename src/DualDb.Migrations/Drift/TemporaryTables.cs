using System.Globalization;
using DualDb.Migrations.Drift.Catalogue;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Changes;
using DualDb.Migrations.Model.Writing;
using Npgsql;

namespace DualDb.Migrations.Drift;

/// <summary>Asks PostgreSQL how it writes tables of the model: creates them as temporary ones, reads the catalogue, and rolls all of it back.</summary>
internal static class TemporaryTables
{
    /// <summary>Each table as the catalogue writes it; or why it could not be created.</summary>
    public static async Task<IReadOnlyList<(TableModel Expected, TableModel? Created, string? Fault)>> DescribeAsync(
        NpgsqlConnection connection, Database database, IReadOnlyList<TableModel> tables, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rolledBack = transaction.ConfigureAwait(false);
        var faults = new string?[tables.Count];
        for (var i = 0; i < tables.Count; i++)
        {
            faults[i] = await CreateAsync(connection, transaction, tables[i], NameOf(i), cancellationToken).ConfigureAwait(false);
        }

        var schema = await ScalarAsync(connection, "select coalesce((select nspname::text from pg_namespace where oid = pg_my_temp_schema()), '')", cancellationToken).ConfigureAwait(false);
        var catalogue = await CatalogueReader.ReadAsync(connection, database, [.. tables.Select((_, i) => (schema, NameOf(i)))], [], cancellationToken).ConfigureAwait(false);
        await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
        var created = catalogue.Tables.ToDictionary(static table => table.Model.Name, static table => table.Model, StringComparer.Ordinal);
        return [.. tables.Select((table, i) => (table, created.GetValueOrDefault(NameOf(i)), faults[i]))];
    }

    private static async Task<string?> CreateAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, TableModel table, string name, CancellationToken cancellationToken)
    {
        // Without keys: they would refer to tables that are not temporary, and are compared by their columns.
        var bare = table with
        {
            Schema = "pg_temp", Name = name, PrimaryKey = [], Uniques = [], ForeignKeys = [], Columns = [.. table.Columns.Select(static column => column with { IsNullable = true, IsIdentity = false })],
        };
        var statements = TablePart.Of(bare).Where(static part => part.Kind == PartKind.Index && part.Condition is not null)
            .Select(part => TableSql.CreateIndex(bare, part, concurrently: false))
            .Prepend(TableSql.Create(bare).Replace("create table", "create temporary table", StringComparison.Ordinal));
        await transaction.SaveAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var statement in statements)
            {
                using var batch = new NpgsqlBatch(connection, transaction);
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.TrimEnd(';')));
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return null;
        }
        catch (PostgresException fault)
        {
            await transaction.RollbackAsync(name, cancellationToken).ConfigureAwait(false);
            return fault.MessageText;
        }
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"dualdb_expected_{index}");
}
