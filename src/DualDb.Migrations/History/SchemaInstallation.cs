using DualDb.Errors;
using Npgsql;

namespace DualDb.Migrations.History;

/// <summary>Creates the tables of migrations where they are missing.</summary>
internal static class SchemaInstallation
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates what is missing in a database.</summary>
    /// <exception cref="DualDbException">It cannot be created.</exception>
    public static async Task InstallAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryInstallAsync(database, cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Pause, database.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Creating the tables of migrations");
        }
    }

    private static async Task<bool> TryInstallAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        if (await AskAsync(transaction, MigrationSchema.IsInstalled, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        if (!await AskAsync(transaction, MigrationSchema.TryLock, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        using (var command = new NpgsqlCommand(MigrationSchema.Create, transaction.Connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> AskAsync(DatabaseTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, transaction.Connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
