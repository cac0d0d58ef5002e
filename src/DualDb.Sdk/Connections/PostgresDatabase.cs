using System.Data;
using DualDb.Connections;
using DualDb.Diagnostics.Calls;
using DualDb.Errors;
using DualDb.Rest;
using DualDb.Transactions;
using DualDb.Users;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DualDb;

/// <summary>
/// One of the two databases: its connections, its transactions, and the escape hatch to SQL of your own.
/// One instance serves the whole application, from any thread.
/// </summary>
public abstract partial class PostgresDatabase : IAsyncDisposable, IDisposable
{
    private readonly ConnectionPool _pool;
    private readonly Lazy<RetryPipelines> _retries;

    private protected PostgresDatabase(Database kind, DatabaseOptions options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        var clock = timeProvider ?? TimeProvider.System;
        Kind = kind;
        Options = options;
        _pool = new ConnectionPool(kind, options, new DataSourceFactory(Name, options, loggerFactory), clock);
        _retries = new Lazy<RetryPipelines>(() => new RetryPipelines(options, clock));
        Clock = clock;
    }

    /// <summary>The same database, acting as a user: its connections and retries are the origin's.</summary>
    private protected PostgresDatabase(PostgresDatabase origin, ActingUser user)
    {
        Kind = origin.Kind;
        Options = origin.Options;
        Clock = origin.Clock;
        ActsAs = user;
        _pool = origin._pool;
        _retries = origin._retries;
    }

    /// <summary>Which of the two this is.</summary>
    public Database Kind { get; }

    /// <summary>The options.</summary>
    internal DatabaseOptions Options { get; }

    /// <summary>Speaks to the database over REST; null where it is reached over SQL.</summary>
    internal virtual RestClient? Rest => null;

    /// <summary>As whom it acts; null for the application itself.</summary>
    internal ActingUser? ActsAs { get; }

    /// <summary>The login role, for messages.</summary>
    internal string? LoginRole => _pool.Settings.Username;

    /// <summary>What is known of an address of this database; of its own where none is given.</summary>
    /// <exception cref="Connections.Parsing.ConnectionStringException">The connection string is malformed, or asks for what the SDK cannot give.</exception>
    internal ConnectionSettings SettingsOf(string? connectionString) => connectionString is null ? _pool.Settings : ConnectionSettings.Parse(connectionString, Options);

    /// <summary>The clock.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Is told of each call, those that act as a user included; null for nobody.</summary>
    internal ICallObserver? Observer
    {
        get => _pool.Observer;
        set => _pool.Observer = value;
    }

    /// <summary>The name in logs, metrics and traces.</summary>
    internal string Name => Kind == Database.Neon ? "neon" : "supabase";

    /// <summary>Connects if need be, and says what was found out about the endpoint.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="DualDbConfigurationException">An option is missing or malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached.</exception>
    public async ValueTask<DatabaseEndpoint> GetEndpointAsync(CancellationToken cancellationToken = default)
    {
        // Facts of the endpoint, whoever asks: no user is needed for them.
        var connection = await OpenPooledAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var isDirect = _pool.IsDirect
                || (_pool.Settings.Verdict == EndpointVerdict.Unknown && await EndpointProbe.IsDirectAsync(connection, cancellationToken).ConfigureAwait(false));
            var prepares = new NpgsqlConnectionStringBuilder(_pool.Current!.ConnectionString).MaxAutoPrepare > 0;
            return new DatabaseEndpoint(_pool.Settings.Endpoint, !isDirect, prepares, connection.PostgreSqlVersion);
        }
    }

    /// <summary>Makes one round trip to the database.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbConfigurationException">An option is missing or malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached.</exception>
    public async Task PingAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            try
            {
                await PingOnceAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (MayRetry(exception, writes: false))
            {
                // The pool held a connection that had died meanwhile.
            }

            await RetriesFor(writes: false).ExecuteAsync(PingOnceAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, Kind, entity: null, nameof(PingAsync));
        }
    }

    /// <summary>
    /// Npgsql's data source, for what the SDK does not offer. It keeps no session state between uses (<c>No Reset On Close</c>), so leave
    /// none behind: no <c>SET</c> without <c>LOCAL</c>, no session advisory locks, no temporary tables.
    /// </summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>The data source; it belongs to this object.</returns>
    /// <exception cref="DualDbConfigurationException">An option is missing or malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached.</exception>
    /// <exception cref="NotSupportedException">The database acts as a user, which a raw connection cannot be held to.</exception>
    public async ValueTask<NpgsqlDataSource> GetDataSourceAsync(CancellationToken cancellationToken = default)
    {
        if (ActsAs is not null)
        {
            throw new NotSupportedException("A raw connection cannot be held to a user: it would act as the login role. Take the data source from the root that acts as no user, or write the statement with QueryAsync or ExecuteAsync.");
        }

        if (_pool.Current is null)
        {
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return _pool.Current!;
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ActsAs is null)
        {
            await _pool.DisposeAsync().ConfigureAwait(false);
            Rest?.CloseConnections();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        if (ActsAs is null)
        {
            _pool.Dispose();
            Rest?.CloseConnections();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Begins a transaction of this database's own type, for a write that takes several statements.</summary>
    internal abstract ValueTask<DatabaseTransaction> BeginOwnAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction; the connection goes back with its end.</summary>
    private protected async ValueTask<TransactionSession> BeginSessionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        if (isolationLevel is IsolationLevel.Chaos || !Enum.IsDefined(isolationLevel))
        {
            throw new ArgumentOutOfRangeException(
                nameof(isolationLevel), isolationLevel, "PostgreSQL has no such isolation level. Use ReadCommitted, RepeatableRead or Serializable.");
        }

        if (Rest is not null)
        {
            throw RestUnsupported.Of($"A transaction in {Kind} cannot be begun");
        }

        var session = await SessionToBeginAsync(cancellationToken).ConfigureAwait(false);
        var connection = await OpenAsync(session, cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false);
            if (session is not null)
            {
                await UserPreamble.BeginAsync(this, connection, session, cancellationToken).ConfigureAwait(false);
            }

            return new TransactionSession(this, connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<UserSession?> SessionToBeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ActsAs is null ? null : await ActsAs.SessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AccessTokenException refused)
        {
            throw ErrorTranslator.Translate(refused, Kind, entity: null, "BeginAsync");
        }
    }

    private async ValueTask PingOnceAsync(CancellationToken cancellationToken)
    {
        if (Rest is not null)
        {
            await Rest.PingAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (ActsAs is not null)
        {
            await UserPreamble.PingAsync(this, ActsAs, cancellationToken).ConfigureAwait(false);
            return;
        }

        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await SendPingAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask SendPingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("select 1", connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
