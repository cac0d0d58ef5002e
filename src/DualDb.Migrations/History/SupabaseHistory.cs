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
        select count(*) = 3 and bool_and(has_table_privilege(attrelid, 'select') and has_table_privilege(attrelid, 'insert') and has_table_privilege(attrelid, 'update') and has_table_privilege(attrelid, 'delete'))
        from pg_attribute where attrelid = to_regclass('supabase_migrations.schema_migrations') and attname in ('version', 'name', 'statements') and not attisdropped
        """;

    // The first version that nobody has, unless it is there under one that it may have had.
    private const string Insert = """
        insert into supabase_migrations.schema_migrations (version, name, statements)
        select v.version, $4, $5
        from dualdb.migration_lock l
        cross join lateral (
            select c.version from unnest($3) with ordinality c (version, place)
            where not exists (select from supabase_migrations.schema_migrations s where s.version = c.version)
            order by c.place limit 1) v
        where l.owner = $1 and l.token = $2 and not exists (select from supabase_migrations.schema_migrations s where s.version = any ($3) and s.name = $4)
        on conflict (version) do nothing
        """;

    private const string Delete = """
        delete from supabase_migrations.schema_migrations
        where version = any ($3) and name = $4 and exists (select from dualdb.migration_lock where owner = $1 and token = $2)
        """;

    /// <summary>By hand, without a lease: where this library's history says that it is applied, with its present text. Where its first version is another file's, the next run writes it.</summary>
    private const string Accept = """
        with there as (
            update supabase_migrations.schema_migrations s set statements = $4
            where s.version = (select min(o.version) from supabase_migrations.schema_migrations o where o.version = any ($2) and o.name = $3)
                and exists (select from dualdb.migrations where name = $1 and state = 'applied')
            returning s.version
        )
        insert into supabase_migrations.schema_migrations (version, name, statements)
        select ($2)[1], $3, $4 from dualdb.migrations where name = $1 and state = 'applied' and not exists (select from there)
        on conflict (version) do nothing
        """;

    private const string Forget = """
        delete from supabase_migrations.schema_migrations s
        where s.version = (select min(o.version) from supabase_migrations.schema_migrations o where o.version = any ($2) and o.name = $3) and not exists (select from dualdb.migrations where name = $1 and state <> 'reverted')
        """;

    private const string Versions = "select version, coalesce(name, '') from supabase_migrations.schema_migrations";

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

        return isApplied ? InsertOf(run, progress.Migration) : new NpgsqlBatchCommand(Delete) { Parameters = { Owner(run), Token(run), Texts(run.SupabaseVersions.Of(id)), Text(MigrationNames.TextOf(id.Name)) } };
    }

    /// <summary>Writes what was applied while it was not there, or could not be written.</summary>
    public static async Task CatchUpAsync(RunContext run, DualDbMigrations migrations, RecordedHistory history, CancellationToken cancellationToken)
    {
        if (!run.WritesSupabaseHistory)
        {
            return;
        }

        var applied = migrations.Ordered.Where(migration => migration.Id is { Database: Database.Supabase, IsRepeatable: false } && history.Rows.TryGetValue(migration.Id, out var row) && row.IsApplied).ToList();
        try
        {
            var connection = await run.Databases.Supabase.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            var there = await VersionsAsync(connection, cancellationToken).ConfigureAwait(false);
            using var batch = new NpgsqlBatch(connection);
            foreach (var migration in applied.Where(migration => !IsIn(there, run.SupabaseVersions, migration.Id)))
            {
                batch.BatchCommands.Add(InsertOf(run, migration));
            }

            if (batch.BatchCommands.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, run.Databases.Supabase.Kind, entity: null, "Bringing the history of the supabase CLI in step");
        }
    }

    /// <summary>What keeps it in step with what a person has said of a migration: its present text, where it is applied; for the transaction in which that is written.</summary>
    public static NpgsqlBatchCommand Accepting(Migration migration)
        => new(Accept) { Parameters = { Text(migration.Id.Name), Texts(SupabaseVersions.All(migration.Id)), Text(MigrationNames.TextOf(migration.Id.Name)), StatementsOf(migration) } };

    /// <summary>The same for one that is forgotten, or undone by now.</summary>
    public static NpgsqlBatchCommand Forgetting(MigrationId id) => new(Forget) { Parameters = { Text(id.Name), Texts(SupabaseVersions.All(id)), Text(MigrationNames.TextOf(id.Name)) } };

    private static NpgsqlBatchCommand InsertOf(RunContext run, Migration migration)
        => new(Insert) { Parameters = { Owner(run), Token(run), Texts(run.SupabaseVersions.Of(migration.Id)), Text(MigrationNames.TextOf(migration.Id.Name)), StatementsOf(migration) } };

    private static bool IsIn(List<(string Version, string Name)> there, SupabaseVersions versions, MigrationId id)
        => there.Exists(row => versions.Of(id).Contains(row.Version, StringComparer.Ordinal) && (!versions.IsShared(id) || string.Equals(row.Name, MigrationNames.TextOf(id.Name), StringComparison.Ordinal)));

    private static async Task<List<(string Version, string Name)>> VersionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Versions, connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var versions = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            versions.Add((reader.GetString(0), reader.GetString(1)));
        }

        return versions;
    }

    private static NpgsqlParameter StatementsOf(Migration migration)
    {
        string[] statements = migration is SqlMigration sql ? [.. sql.Up.SelectMany(static segment => segment.Statements).Select(static statement => statement.Text)] : [];
        return Texts(statements);
    }

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> values) => new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Owner(RunContext run) => LeaseSql.Value(run.Lock.Of(Database.Supabase).Owner);

    private static NpgsqlParameter Token(RunContext run) => LeaseSql.Value(run.Lock.Of(Database.Supabase).Token);

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
