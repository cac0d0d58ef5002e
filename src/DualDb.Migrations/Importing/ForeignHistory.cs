using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Importing;

/// <summary>Reads the history that another tool has left in a database.</summary>
/// <param name="source">The tool.</param>
/// <param name="table">The table, with its schema; null for the one of the tool's name, in whichever schema it is.</param>
internal sealed class ForeignHistory(MigrationHistorySource source, string? table)
{
    private const string Named = """
        select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and case
            when $2::text is null then c.relname = $1
            when $3::text is null then c.oid = to_regclass($2)
            else c.oid = coalesce(to_regclass($2), to_regclass($3)) end
        order by 1
        """;

    private const string IdColumn = """
        select attname::text from pg_attribute
        where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and lower(replace(attname, '_', '')) = 'migrationid'
        order by attnum limit 1
        """;

    private string Name => source switch
    {
        MigrationHistorySource.EntityFramework => "__EFMigrationsHistory",
        MigrationHistorySource.Flyway => "flyway_schema_history",
        _ => "schema_migrations",
    };

    /// <summary>What is recorded as applied, in the order of its recording; null where the database has no such table.</summary>
    /// <exception cref="MigrationHistoryException">It holds a migration that failed, or there are several tables.</exception>
    public async Task<IReadOnlyList<ForeignMigration>?> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            if (await FindAsync(connection, database.Kind, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                return null;
            }

            using var command = new NpgsqlCommand(Rows(found), connection);
            if (source == MigrationHistorySource.EntityFramework)
            {
                command.Parameters.Add(Text(await IdColumnAsync(connection, database.Kind, found, cancellationToken).ConfigureAwait(false)));
            }

            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            return await ReadAsync(reader, database.Kind, found, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Reading {table ?? Name}");
        }
    }

    private async Task<string?> FindAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var wanted = table ?? (source == MigrationHistorySource.Supabase ? "supabase_migrations.schema_migrations" : null);
        using var command = new NpgsqlCommand(Named, connection)
        {
            Parameters = { Text(Name), Text(wanted), Text(Quoted(wanted)) },
        };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(reader.GetString(0));
        }

        return found.Count < 2
            ? found.FirstOrDefault()
            : throw Refused(database, $"{database} has several tables of that name: {string.Join(", ", found)}. Say which one is meant, with its schema.");
    }

    // Conventions for names change those of the columns too: MigrationId, migration_id, MIGRATION_ID.
    private async Task<string> IdColumnAsync(NpgsqlConnection connection, Database database, string found, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(IdColumn, connection) { Parameters = { Text(found) } };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string
            ?? throw Refused(database, $"{found} in {database} has no column MigrationId, so that it is no history of Entity Framework. Nothing was recorded. Say which table is meant, with its schema.");
    }

    // Names are mostly given as they are read, without the quotes that PostgreSQL wants around capitals.
    private static string? Quoted(string? wanted)
        => wanted is null || wanted.Contains('"', StringComparison.Ordinal) ? null : string.Join('.', wanted.Split('.').Select(static part => $"\"{part}\""));

    private string Rows(string found) => source switch
    {
        MigrationHistorySource.EntityFramework => $"""
            select split_part(r.id, '_', 1), substring(r.id from position('_' in r.id) + 1), 'SQL', true
            from (select coalesce(to_jsonb(t) ->> $1, '') as id from {found} t) r
            order by r.id
            """,
        MigrationHistorySource.Flyway => $"select version, description, type, success from {found} order by installed_rank",
        _ => $"select version, coalesce(to_jsonb(t) ->> 'name', ''), 'SQL', true from {found} t order by version",
    };

    private static async Task<IReadOnlyList<ForeignMigration>> ReadAsync(NpgsqlDataReader reader, Database database, string found, CancellationToken cancellationToken)
    {
        var all = new List<ForeignMigration>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var version = reader.IsDBNull(0) ? null : reader.GetString(0);
            var row = new ForeignMigration(database, version ?? "repeatable", reader.GetString(1));
            if (!reader.GetBoolean(3))
            {
                throw Refused(database, $"{found} in {database} says that {row.Version} ({row.Name}) failed. Nothing was recorded. Bring it to its end or repair it with Flyway, and import again.");
            }

            // Scripts that are repeatable do no harm when they run once more; what was undone or deleted is not applied.
            var kind = reader.GetString(2);
            if (kind.StartsWith("UNDO", StringComparison.Ordinal) || string.Equals(kind, "DELETE", StringComparison.Ordinal))
            {
                all.RemoveAll(other => string.Equals(other.Version, row.Version, StringComparison.Ordinal));
            }
            else if (version is not null)
            {
                all.Add(row);
            }
        }

        return all;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static MigrationHistoryException Refused(Database database, string message) => new(message) { Database = database, Disagreement = MigrationDisagreement.Import };
}
