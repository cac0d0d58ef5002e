using Npgsql;

namespace DualDb.IntegrationTests.Repositories.Load;

/// <summary>What earlier users of a connection left in its server session.</summary>
internal static class SessionState
{
    // What the pooler itself sets on a server connection, to what its client announced.
    private const string Query =
        """
        select 'setting ' || name || ' = ' || setting from pg_settings
        where source = 'session' and name not in ('client_encoding', 'application_name', 'DateStyle', 'TimeZone', 'standard_conforming_strings')
        union all
        select 'prepared statement ' || statement from pg_prepared_statements where not $1
        union all
        select 'advisory lock ' || objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
        union all
        select 'cursor ' || name from pg_cursors where name <> ''
        union all
        select 'temporary table ' || relname from pg_class where relpersistence = 't' and pg_table_is_visible(oid)
        union all
        select 'listener ' || channel from pg_listening_channels() as channel
        union all
        select 'role ' || current_user where current_user <> session_user
        """;

    /// <summary>Looks into so many server sessions at once, each held by a transaction.</summary>
    public static async Task<IReadOnlyList<string>> LeftInAsync(NpgsqlDataSource source, int connections, bool mayPrepare)
    {
        var token = TestContext.Current.CancellationToken;
        var held = new List<NpgsqlConnection>();
        var processes = new HashSet<int>();
        var left = new List<string>();
        try
        {
            for (var number = 0; number < connections; number++)
            {
                var connection = await source.OpenConnectionAsync(token);
                held.Add(connection);
                await using (var begin = new NpgsqlCommand("begin", connection))
                {
                    await begin.ExecuteNonQueryAsync(token);
                }

                await using var process = new NpgsqlCommand("select pg_backend_pid()", connection);
                processes.Add((int)(await process.ExecuteScalarAsync(token))!);
                await using var look = new NpgsqlCommand(Query, connection) { Parameters = { new NpgsqlParameter<bool> { TypedValue = mayPrepare } } };
                await using var answer = await look.ExecuteReaderAsync(token);
                while (await answer.ReadAsync(token))
                {
                    left.Add(answer.GetString(0));
                }
            }
        }
        finally
        {
            foreach (var connection in held)
            {
                await using (var rollback = new NpgsqlCommand("rollback", connection))
                {
                    await rollback.ExecuteNonQueryAsync(token);
                }

                await connection.DisposeAsync();
            }
        }

        Assert.Equal(connections, processes.Count);
        return left;
    }
}
