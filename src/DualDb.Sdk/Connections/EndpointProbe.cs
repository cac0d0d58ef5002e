using Npgsql;

namespace DualDb.Connections;

/// <summary>
/// Asks an endpoint whether a pooler stands in between: a pooler announces a process id of its own making, so that it differs from
/// the one the server answers with.
/// </summary>
internal static class EndpointProbe
{
    /// <summary>Whether the connection, open and not in a transaction, ends in a server process of its own.</summary>
    public static async ValueTask<bool> IsDirectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("select pg_catalog.pg_backend_pid()", connection);
        await using (command.ConfigureAwait(false))
        {
            var processId = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return processId is int id && id == connection.ProcessID;
        }
    }
}
