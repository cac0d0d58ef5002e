using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Locks;

/// <summary>
/// Takes, renews and gives back the lease of one database. Each is one short statement outside of transactions: whoever waited within one would hold up
/// <c>create index concurrently</c>, which waits for all that have a snapshot, and both would wait for each other.
/// </summary>
internal static class LeaseSql
{
    private const string Take = """
        update dualdb.migration_lock l set owner = $1, token = l.token + 1, expires_at = clock_timestamp() + $2, holder = $3
        from (select id from dualdb.migration_lock where owner is null or expires_at <= clock_timestamp() for update skip locked) free
        where l.id = free.id
        returning l.token
        """;

    private const string Renew = "update dualdb.migration_lock set expires_at = clock_timestamp() + $3 where owner = $1 and token = $2";

    private const string GiveBack = "update dualdb.migration_lock set owner = null, expires_at = '-infinity', holder = null where owner = $1 and token = $2";

    private const string IsTaken = "select exists (select from dualdb.migration_lock where owner is not null and expires_at > clock_timestamp())";

    private const string Who = "select coalesce(holder, 'somebody') || ', until ' || to_char(expires_at at time zone 'UTC', 'HH24:MI:SS') || ' UTC' from dualdb.migration_lock";

    /// <summary>Takes the lease where it is free; null where it is another's.</summary>
    public static async Task<Lease?> TryTakeAsync(PostgresDatabase database, Guid owner, TimeSpan length, string holder, CancellationToken cancellationToken)
        => await AskAsync(database, Take, [Value(owner), Value(length), Value(holder)], cancellationToken).ConfigureAwait(false) is long token ? new Lease(database.Kind, owner, token) : null;

    /// <summary>Renews the lease.</summary>
    /// <returns>Whether it is still the owner's.</returns>
    public static async Task<bool> TryRenewAsync(PostgresDatabase database, Lease lease, TimeSpan length, CancellationToken cancellationToken)
        => await ExecuteAsync(database, Renew, [Value(lease.Owner), Value(lease.Token), Value(length)], cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>Gives the lease back, so that others need not wait for its end.</summary>
    public static Task GiveBackAsync(PostgresDatabase database, Lease lease, CancellationToken cancellationToken)
        => ExecuteAsync(database, GiveBack, [Value(lease.Owner), Value(lease.Token)], cancellationToken);

    /// <summary>Whether a migrator has it.</summary>
    public static async Task<bool> IsTakenAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => await AskAsync(database, "select to_regclass('dualdb.migration_lock') is not null", [], cancellationToken).ConfigureAwait(false) is true && await AskAsync(database, IsTaken, [], cancellationToken).ConfigureAwait(false) is true;

    /// <summary>Who has it, for messages.</summary>
    public static async Task<string> HolderAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => await AskAsync(database, Who, [], cancellationToken).ConfigureAwait(false) as string ?? "somebody";

    public static NpgsqlParameter Value(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Value(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Value(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    private static NpgsqlParameter Value(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Task<object?> AskAsync(PostgresDatabase database, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
        => SendAsync(database, sql, parameters, static (command, token) => command.ExecuteScalarAsync(token), cancellationToken);

    private static Task<int> ExecuteAsync(PostgresDatabase database, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
        => SendAsync(database, sql, parameters, static (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken);

    private static async Task<T> SendAsync<T>(
        PostgresDatabase database, string sql, NpgsqlParameter[] parameters, Func<NpgsqlCommand, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            return await send(command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Locking for migrations");
        }
    }
}
