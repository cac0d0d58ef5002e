using DualDb.Connections;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Users;

/// <summary>
/// What goes before every statement of a user, in the same round trip: his role and his claims, for the rest of the transaction that both lie in. The server ends that behind the last
/// statement of the batch, however it ends, and takes role and claims back with it; so that the connection's next user, also one behind a transaction pooler, finds nothing of them.
/// </summary>
internal static class UserPreamble
{
    /// <summary>With parameters only: nothing that a token says becomes text of a statement. Setting the role so is <c>SET LOCAL ROLE</c>, which takes none.</summary>
    /// <remarks>Both forms of the claims, since <c>auth.uid()</c> of older projects reads the single settings.</remarks>
    private const string Sql =
        "select pg_catalog.set_config('role', $1, true), pg_catalog.set_config('request.jwt.claims', $2, true), "
        + "pg_catalog.set_config('request.jwt.claim.sub', $3, true), pg_catalog.set_config('request.jwt.claim.role', $4, true)";

    /// <summary>Puts it before the statements of a batch, which is sent by <see cref="ReadAsync"/>.</summary>
    public static void AddTo(NpgsqlBatch batch, UserSession session)
    {
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.Add(Text(session.Role));
        command.Parameters.Add(Text(session.Claims));
        command.Parameters.Add(Text(session.UserId));
        command.Parameters.Add(Text(session.Role));
        batch.BatchCommands.Insert(0, command);
    }

    /// <summary>Sends a batch that begins with it, and reads up to the answer of what comes behind it.</summary>
    /// <param name="database">The database, for messages.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="session">The user.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbConfigurationException">The login role may not act in the user's role.</exception>
    public static async ValueTask<NpgsqlDataReader> ReadAsync(PostgresDatabase database, NpgsqlBatch batch, UserSession session, CancellationToken cancellationToken)
    {
        var reader = await SendAsync(database, batch, session, cancellationToken).ConfigureAwait(false);
        try
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a transaction that has just begun the user's, to its end. A rollback to a savepoint leaves it so.</summary>
    public static async Task BeginAsync(PostgresDatabase database, NpgsqlConnection connection, UserSession session, CancellationToken cancellationToken)
    {
        try
        {
            using var batch = new NpgsqlBatch(connection);
            AddTo(batch, session);
            var reader = await ReadAsync(database, batch, session, cancellationToken).ConfigureAwait(false);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw Errors.ErrorTranslator.Translate(exception, database.Kind, entity: null, "BeginAsync");
        }
    }

    /// <summary>One round trip as the user.</summary>
    public static async Task PingAsync(PostgresDatabase database, ActingUser user, CancellationToken cancellationToken)
    {
        var session = await user.SessionAsync(cancellationToken).ConfigureAwait(false);
        var connection = await database.OpenAsync(session, cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("select 1") } };
        AddTo(batch, session);
        var reader = await ReadAsync(database, batch, session, cancellationToken).ConfigureAwait(false);
        await reader.DisposeAsync().ConfigureAwait(false);
    }

    // What fails here is the preamble: the server answers one statement after another, and the reader stops at the first answer.
    private static async ValueTask<NpgsqlDataReader> SendAsync(PostgresDatabase database, NpgsqlBatch batch, UserSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refusal) when (refusal.SqlState
            is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.UndefinedObject)
        {
            throw Refused(database, session, refusal);
        }
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static DualDbConfigurationException Refused(PostgresDatabase database, UserSession session, PostgresException refusal)
    {
        var role = Quoted(session.Role);
        var login = Quoted(database.LoginRole ?? "the login role");
        return refusal.SqlState is PostgresErrorCodes.InsufficientPrivilege
            ? new DualDbConfigurationException(
                $"The login role of {OptionNames.Option(database.Kind, nameof(DatabaseOptions.ConnectionString))} may not act in the role {role}: {refusal.MessageText}. As an owner of the role, run: grant {role} to {login};",
                refusal) { Database = database.Kind }
            : new DualDbConfigurationException(
                $"{database.Kind} has no role {role}: {refusal.MessageText}. Create it, grant it to {login}, or take it out of {OptionNames.Option(database.Kind, nameof(SupabaseOptions.UserRoles))}.",
                refusal) { Database = database.Kind };
    }

    // Behind a pooler the login is written role.project.
    private static string Quoted(string role)
    {
        var name = role.StartsWith("postgres.", StringComparison.Ordinal) ? "postgres" : role;
        return name.All(static letter => letter is (>= 'a' and <= 'z') or '_') ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
