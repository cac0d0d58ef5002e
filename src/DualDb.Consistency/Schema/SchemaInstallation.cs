using System.Globalization;
using DualDb.Errors;
using DualDb.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Schema;

/// <summary>Installs modules, and says whether they are there.</summary>
internal static class SchemaInstallation
{
    /// <summary>Installs a module, or brings it to the version of this library. Where it is there, nothing is written and no right is needed but to read.</summary>
    /// <param name="database">The database.</param>
    /// <param name="module">The module.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is installed then.</param>
    /// <exception cref="SchemaVersionException">The database holds a newer version than this library knows.</exception>
    /// <exception cref="DualDbConfigurationException">The login role may not create it.</exception>
    public static async Task InstallAsync(PostgresDatabase database, SchemaModule module, CancellationToken cancellationToken)
    {
        if (await FindVersionAsync(database, module, cancellationToken).ConfigureAwait(false) == module.Version)
        {
            return;
        }

        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            await ExecuteAsync(transaction, SchemaSql.Lock, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(transaction, SchemaSql.Base, cancellationToken).ConfigureAwait(false);
            for (var version = 1; version <= module.Version; version++)
            {
                await ExecuteAsync(transaction, SchemaSql.Step(module, version), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException refusal) when (refusal.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw MayNotCreate(database, module, refusal);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "InstallAsync");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a module is there in the version of this library.</summary>
    /// <exception cref="SchemaVersionException">It is missing, older or newer.</exception>
    public static async Task RequireAsync(PostgresDatabase database, SchemaModule module, CancellationToken cancellationToken)
    {
        var version = await FindVersionAsync(database, module, cancellationToken).ConfigureAwait(false);
        if (version != module.Version)
        {
            throw SchemaVersionException.Of(database.Kind, module, version);
        }
    }

    private static async Task<int> FindVersionAsync(PostgresDatabase database, SchemaModule module, CancellationToken cancellationToken)
    {
        try
        {
            var version = await ReadVersionAsync(database, module, cancellationToken).ConfigureAwait(false);
            return version <= module.Version ? version : throw SchemaVersionException.Of(database.Kind, module, version);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "InstallAsync");
        }
    }

    private static async Task<int> ReadVersionAsync(PostgresDatabase database, SchemaModule module, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var search = new NpgsqlCommand(SchemaSql.HasVersions, connection);
        if (await search.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            return 0;
        }

        using var command = new NpgsqlCommand(SchemaSql.Version, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = module.Name, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as int? ?? 0;
    }

    private static async Task ExecuteAsync(DatabaseTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, transaction.Connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DualDbConfigurationException MayNotCreate(PostgresDatabase database, SchemaModule module, PostgresException refusal)
    {
        var login = database.LoginRole is { } role ? $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : "the login role";
        return new DualDbConfigurationException(
            $"The {module.Name} schema cannot be installed in {database.Kind}: {refusal.MessageText}. As an owner of the database, run: "
            + $"create schema if not exists dualdb; grant usage, create on schema dualdb to {login}; or run the module's script yourself (ConsistencySchema).",
            refusal) { Database = database.Kind };
    }
}
