using DualDb.Errors;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Drift.Shapes;

/// <summary>
/// What each database looked like when the last run ended, and what somebody has changed since without a migration: a step that meets it may fail half-way, or leave another schema than it should. Nothing is known where no run of this version has
/// ended, or one was killed.
/// </summary>
internal static class ShapeNotes
{
    /// <summary>Notes what a database looks like, for the next run. It is no part of this one: where it cannot be noted, nothing is known later.</summary>
    public static async Task WriteAsync(RunDatabases databases, DualLock both, CancellationToken cancellationToken)
    {
        foreach (var database in databases.Both)
        {
            try
            {
                await WriteAsync(database, both.Of(database.Kind), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or DualDbException or OperationCanceledException)
            {
                // See above.
            }
        }
    }

    /// <summary>What was changed in both databases since the last run ended.</summary>
    public static async Task<IReadOnlyList<DriftDifference>> FindAsync(PostgresDatabase neon, PostgresDatabase supabase, DriftOptions options, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(FindAsync(neon, cancellationToken), FindAsync(supabase, cancellationToken)).ConfigureAwait(false);
        return [.. found.SelectMany(static one => one).Where(one => !options.Ignored.Any(table => ShapeChange.IsOf(one.Subject, table)))];
    }

    private static async Task WriteAsync(PostgresDatabase database, Lease lease, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await SessionSettings.ExecuteAsync(transaction.Connection, "reset role", cancellationToken).ConfigureAwait(false);
        if (!await IsNotedAsync(transaction.Connection, cancellationToken).ConfigureAwait(false))
        {
            // Not where it is there: a role that may create nothing may still write it.
            await SessionSettings.ExecuteAsync(transaction.Connection, ShapeSql.Create, cancellationToken).ConfigureAwait(false);
        }

        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(ShapeSql.Qualify),
                new NpgsqlBatchCommand(ShapeSql.Note)
                {
                    Parameters = { Unseen(database.Kind), LeaseSql.Value(lease.Owner), LeaseSql.Value(lease.Token) },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<DriftDifference>> FindAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RetriesFor(writes: false).ExecuteAsync(async token => await FindOnceAsync(database, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            // A role that only plans need not be one that migrates.
            return [];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Looking for changes made without a migration");
        }
    }

    private static async Task<IReadOnlyList<DriftDifference>> FindOnceAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        if (!await IsNotedAsync(transaction.Connection, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { new NpgsqlBatchCommand(ShapeSql.Qualify), new NpgsqlBatchCommand(ShapeSql.Differing) { Parameters = { Unseen(database.Kind) } } } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var changes = new List<ShapeChange>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            changes.Add(new ShapeChange(database.Kind, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        }

        return ShapeChange.Told(changes);
    }

    private static async Task<bool> IsNotedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(ShapeSql.IsNoted, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    // Somebody else's: what changes there is no drift.
    private static NpgsqlParameter Unseen(Database database)
        => new() { Value = (string[])["information_schema", "dualdb", .. database == Database.Supabase ? (IEnumerable<string>)ManagedSchemas.Names : []], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
