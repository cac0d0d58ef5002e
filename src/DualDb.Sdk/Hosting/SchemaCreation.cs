using System.ComponentModel;
using DualDb.Caching;
using DualDb.ChangeLog;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Hosting;

/// <summary>Creates what the entities of a root need in one database. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SchemaCreation
{
    /// <summary>
    /// Held while tables are created: <c>if not exists</c> looks before it creates, so that two processes starting at once could
    /// both find nothing and then collide. The number is arbitrary, and the same for every version of the SDK.
    /// </summary>
    internal const long AdvisoryLock = 0x6475616C_64620001;

    /// <summary>Runs the statements in one transaction: all of them take effect, or none.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The cache of the root: what it watches for is installed with the tables.</param>
    /// <param name="statements">The statements, in order; null ones are passed over.</param>
    /// <param name="cancellationToken">Cancels the work; nothing is created then.</param>
    public static async Task CreateAsync(PostgresDatabase database, DualDbCache cache, IReadOnlyList<string?> statements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(statements);
        RefuseUser(database);
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            try
            {
                await ExecuteAsync(transaction.Connection, $"select pg_advisory_xact_lock({AdvisoryLock})", cancellationToken).ConfigureAwait(false);
                foreach (var statement in statements.Concat(TriggersOf(cache.Core.WatchedIn(database))))
                {
                    if (statement is not null)
                    {
                        await ExecuteAsync(transaction.Connection, statement, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "CreateTablesAsync");
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses to create tables as a user, before anything is created anywhere.</summary>
    /// <param name="database">The database.</param>
    /// <exception cref="NotSupportedException">It acts as a user.</exception>
    public static void RefuseUser(PostgresDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.ActsAs is not null)
        {
            throw new NotSupportedException("Tables are not created as a user. Call CreateTablesAsync on the root that acts as no user.");
        }
    }

    private static IEnumerable<string> TriggersOf(IReadOnlyList<IWatchedTable> tables)
        => tables.Count == 0
            ? []
            : tables.SelectMany(static table => new[] { ChangeLogTriggers.Create(table.Entity.Schema, table.Entity.Table, table.KeyColumns), ChangeLogTriggers.Watch(table.Entity.Schema, table.Entity.Table) }).Prepend(ChangeLogSchema.Create);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
