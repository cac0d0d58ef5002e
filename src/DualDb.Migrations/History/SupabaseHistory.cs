using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.History;

/// <summary>The history that the supabase CLI keeps: what it does not find there, it takes for not applied, and what it finds there alone, for somebody else's.</summary>
internal static class SupabaseHistory
{
    private const string IsThere = """
        select count(*) = 3 and bool_and(has_table_privilege(attrelid, 'select') and has_table_privilege(attrelid, 'insert') and has_table_privilege(attrelid, 'delete'))
        from pg_attribute where attrelid = to_regclass('supabase_migrations.schema_migrations') and attname in ('version', 'name', 'statements') and not attisdropped
        """;

    private const string Insert = """
        insert into supabase_migrations.schema_migrations (version, name, statements)
        select $3, $4, $5 from dualdb.migration_lock where owner = $1 and token = $2
        on conflict (version) do nothing
        """;

    private const string Delete = """
        delete from supabase_migrations.schema_migrations
        where version = $3 and name = $4 and exists (select from dualdb.migration_lock where owner = $1 and token = $2)
        """;

    /// <summary>Whether it is there, in the form of today's CLI, and may be written.</summary>
    public static async Task<bool> IsThereAsync(PostgresDatabase supabase, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await supabase.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(IsThere, connection);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, supabase.Kind, entity: null, "Looking for the history of the supabase CLI");
        }
    }

    /// <summary>What keeps it in step with a row of this library's history, for the same transaction; null where nothing does.</summary>
    public static NpgsqlBatchCommand? Following(RunContext run, StepProgress progress)
    {
        var id = progress.Migration.Id;
        var isApplied = string.Equals(progress.State, MigrationState.Applied, StringComparison.Ordinal);
        if (!run.WritesSupabaseHistory || id.Database != Database.Supabase || id.IsRepeatable || !(isApplied || string.Equals(progress.State, MigrationState.Reverted, StringComparison.Ordinal)))
        {
            return null;
        }

        var lease = run.Lock.Of(id.Database);
        var command = new NpgsqlBatchCommand(isApplied ? Insert : Delete)
        {
            Parameters = { LeaseSql.Value(lease.Owner), LeaseSql.Value(lease.Token), Text(MigrationNames.TimeOf(id.Name).PadRight(MigrationNames.LongestTime, '0')), Text(MigrationNames.TextOf(id.Name)) },
        };
        if (isApplied)
        {
            string[] statements = progress.Migration is SqlMigration sql ? [.. sql.Up.SelectMany(static segment => segment.Statements).Select(static statement => statement.Text)] : [];
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = statements, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        }

        return command;
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
