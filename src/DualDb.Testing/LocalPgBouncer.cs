using DualDb.Testing.Pooling;
using DualDb.Testing.Processes;
using DualDb.Testing.Proxying;
using Npgsql;

namespace DualDb.Testing;

/// <summary>
/// A real PgBouncer in transaction mode before a <see cref="LocalPostgres"/>, on a free port of 127.0.0.1: what Neon's and
/// Supabase's pooled addresses put between an application and its database. It takes the server's user and password, and
/// any database of that server. Gone without a trace when disposed of, when the process ends and when it is killed.
/// </summary>
/// <example><code>
/// await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, cancellationToken);
/// options.Neon.ConnectionString = pooler.ConnectionString;
/// </code></example>
public sealed class LocalPgBouncer : IAsyncDisposable
{
    private const int PortAttempts = 10;

    private readonly RunFolder _run;
    private readonly LocalPostgres _server;

    private LocalPgBouncer(RunFolder run, LocalPostgres server, int port)
    {
        _run = run;
        _server = server;
        Port = port;
    }

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port that clients connect to.</summary>
    public int Port { get; }

    /// <summary>The server's <see cref="LocalPostgres.ConnectionString"/> with this pooler's address.</summary>
    public string ConnectionString => Rewrite(_server.ConnectionString);

    /// <summary>The server's <see cref="LocalPostgres.Uri"/> with this pooler's address.</summary>
    public string Uri => Rewrite(_server.Uri);

    /// <summary>Starts a pooler with default options and returns when it serves.</summary>
    /// <param name="server">The running server to put it before.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="LocalServerException">PgBouncer is not installed, does not start or does not reach the server.</exception>
    public static Task<LocalPgBouncer> StartAsync(LocalPostgres server, CancellationToken cancellationToken = default) =>
        StartAsync(server, static _ => { }, cancellationToken);

    /// <summary>Starts a pooler and returns when it serves.</summary>
    /// <param name="server">The running server to put it before.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="ArgumentException">An option is out of range or a setting cannot be set.</exception>
    /// <exception cref="LocalServerException">PgBouncer is not installed, does not start or does not reach the server.</exception>
    public static async Task<LocalPgBouncer> StartAsync(
        LocalPostgres server, Action<LocalPgBouncerOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new LocalPgBouncerOptions();
        configure(options);
        var configuration = new PoolerConfiguration(options);
        var program = PoolerProgram.Find(options.ProgramPath);

        var run = await RunFolder.CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var folder = await CreateFolderAsync(run, server, cancellationToken).ConfigureAwait(false);
            var process = new PoolerProcess(program, folder, run);
            for (var attempt = 0; attempt < PortAttempts; attempt++)
            {
                var port = FreePort.Find();
                if (await process.TryStartAsync(configuration.ToText(server.Port, port, folder), options.StartTimeout, cancellationToken).ConfigureAwait(false))
                {
                    var pooler = new LocalPgBouncer(run, server, port);
                    await pooler.LogInAsync(cancellationToken).ConfigureAwait(false);
                    return pooler;
                }
            }

            throw new LocalServerException($"PgBouncer found its port taken {PortAttempts} times in a row. Close programs that hold many ports open.");
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The connection string with this pooler's host and port in place of the server's; the rest stays.</summary>
    /// <param name="connectionString">Npgsql keywords or a URI, of any database of the server.</param>
    /// <exception cref="ArgumentException">The connection string is empty or its keywords cannot be read.</exception>
    public string Rewrite(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return EndpointRewriting.Rewrite(connectionString, Host, Port);
    }

    /// <summary>Stops the pooler and removes its files. Connections that are still open break.</summary>
    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private static async Task<string> CreateFolderAsync(RunFolder run, LocalPostgres server, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(run.Path, "pgbouncer");
        await run.Command("mkdir", "-m", "700", folder).RunAsync(cancellationToken).ConfigureAwait(false);
        var account = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var users = PoolerConfiguration.UserList(account.Username!, account.Password!);
        await RunFolder.WriteAsync(Path.Combine(folder, "userlist.txt"), users, cancellationToken).ConfigureAwait(false);
        return folder;
    }

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
            await using var _ = connection.ConfigureAwait(false);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw new LocalServerException($"PgBouncer runs, but a login through it to the local {_server.Name} server failed. Is that server running?", exception);
        }
    }
}
