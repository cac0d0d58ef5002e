using System.Globalization;
using DualDb.Testing.PostgreSql;
using DualDb.Testing.Processes;
using Npgsql;

namespace DualDb.Testing;

/// <summary>
/// One local PostgreSQL server of a <see cref="LocalServers"/> pair. It listens on 127.0.0.1 only, asks for its password
/// (SCRAM-SHA-256), keeps its port for life, and for speed trusts the machine not to lose power; what was committed
/// survives a kill of the server. Members may be called from any thread.
/// </summary>
public sealed class LocalPostgres
{
    private readonly ServerProcess _process;
    private readonly PostgresBinaries _binaries;
    private readonly string _password;
    private readonly TimeSpan _timeout;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    internal LocalPostgres(string name, string database, int port, string password, ServerProcess process, PostgresBinaries binaries, TimeSpan timeout)
    {
        Name = name;
        Database = database;
        Port = port;
        _password = password;
        _process = process;
        _binaries = binaries;
        _timeout = timeout;
    }

    /// <summary>Which of the pair this is: "Neon" or "Supabase".</summary>
    public string Name { get; }

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port, the same after a restart.</summary>
    public int Port { get; }

    /// <summary>The database that <see cref="ConnectionString"/> names: "neondb" or "postgres", as the services call theirs.</summary>
    public string Database { get; }

    /// <summary>The superuser that <see cref="ConnectionString"/> names.</summary>
    public string UserName => DataDirectory.SuperUser;

    /// <summary>An Npgsql connection string of keywords, with the password.</summary>
    public string ConnectionString => ConnectionStringFor(Database);

    /// <summary>The same as a URI, <c>postgres://user:password@127.0.0.1:port/database</c>, as both services hand them out.</summary>
    public string Uri => string.Create(CultureInfo.InvariantCulture, $"postgres://{UserName}:{_password}@{Host}:{Port}/{Database}");

    /// <summary>The folder of the server programs in use.</summary>
    public string BinaryDirectory => _binaries.Directory;

    /// <summary>The server's version, such as 15.18.</summary>
    public Version ServerVersion => _binaries.Version;

    /// <summary>The process id of the server, or null while it is stopped.</summary>
    public int? ProcessId => _process.Id;

    /// <summary>Stops the server: clients are disconnected, and connecting is refused until it starts again. A stopped server stays stopped.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still stop.</param>
    /// <exception cref="LocalServerException">The server did not stop within the start timeout.</exception>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _process.StopAsync(_timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Ends the server as a crash would: nothing is put in order, clients lose their connections, and the next start recovers what was committed.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still end.</param>
    /// <exception cref="LocalServerException">The server did not end within the start timeout.</exception>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _process.KillAsync(_timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Starts the stopped or killed server on its port with its data, and returns when it accepts connections. A running server is left alone.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still start.</param>
    /// <exception cref="LocalServerException">The server did not start within the start timeout, or another program took its port.</exception>
    /// <exception cref="ObjectDisposedException">The pair was disposed of.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_process.Id is null && !await _process.TryStartAsync(Port, _timeout, cancellationToken).ConfigureAwait(false))
            {
                throw new LocalServerException($"The local {Name} server could not start again: another program took port {Port} while the server was stopped.");
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Stops the server and starts it again on the same port.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalServerException">As for <see cref="StopAsync"/> and <see cref="StartAsync"/>.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken).ConfigureAwait(false);
        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates an empty database on this server, for tests that must not see each other's rows.</summary>
    /// <param name="name">The new database's name, taken as it is.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>The Npgsql connection string of the new database.</returns>
    /// <exception cref="PostgresException">The server refuses, such as when the database exists.</exception>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        await Superuser.ExecuteAsync(ConnectionStringFor(DataDirectory.SuperUser), $"create database {Superuser.Quote(name)}", cancellationToken).ConfigureAwait(false);
        return ConnectionStringFor(name);
    }

    private string ConnectionStringFor(string database) => Superuser.ConnectionString(Port, database, _password);
}
