using System.Data;
using DualDb.Rest;
using Microsoft.Extensions.Logging;

namespace DualDb;

/// <summary>The Supabase database: user data.</summary>
/// <param name="options">How it is reached; read at first use.</param>
/// <param name="timeProvider">The clock for pauses between retries; null for the system's.</param>
/// <param name="loggerFactory">Receives Npgsql's log; null for none.</param>
public sealed class SupabaseDatabase(DatabaseOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    : PostgresDatabase(Database.Supabase, options, timeProvider, loggerFactory)
{
    private readonly Lazy<RestChannel>? _channel = options is SupabaseOptions { UsesRest: true } rest ? new Lazy<RestChannel>(() => new RestChannel(rest)) : null;
    private RestClient? _rest;

    /// <inheritdoc/>
    internal override RestClient? Rest => _channel is null ? null : _rest ??= new RestClient(this, _channel.Value, identity: null);

    /// <summary>Begins a transaction. Its <c>BEGIN</c> travels with the first statement.</summary>
    /// <param name="isolationLevel">The isolation level.</param>
    /// <param name="cancellationToken">Cancels the waiting for a connection.</param>
    /// <exception cref="ArgumentOutOfRangeException">PostgreSQL has no such isolation level.</exception>
    /// <exception cref="DualDbConfigurationException">An option is missing or malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database could not be reached.</exception>
    public async ValueTask<SupabaseTransaction> BeginAsync(
        IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
        => new(await BeginSessionAsync(isolationLevel, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="BeginAsync(IsolationLevel, CancellationToken)"/>
    public ValueTask<SupabaseTransaction> BeginAsync(CancellationToken cancellationToken) => BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);

    /// <inheritdoc/>
    internal override async ValueTask<DatabaseTransaction> BeginOwnAsync(CancellationToken cancellationToken)
        => await BeginAsync(cancellationToken).ConfigureAwait(false);
}
