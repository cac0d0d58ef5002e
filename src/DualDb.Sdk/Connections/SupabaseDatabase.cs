using System.Data;
using DualDb.Connections;
using DualDb.Rest;
using DualDb.Users;
using Microsoft.Extensions.Logging;

namespace DualDb;

/// <summary>The Supabase database: user data.</summary>
public sealed partial class SupabaseDatabase : PostgresDatabase
{
    private readonly Lazy<RestChannel>? _channel;
    private readonly RestClient? _rest;
    private readonly Lazy<UserRules> _userRules;

    /// <summary>Creates the database; nothing connects yet.</summary>
    /// <param name="options">How it is reached; read at first use.</param>
    /// <param name="timeProvider">The clock for pauses between retries; null for the system's.</param>
    /// <param name="loggerFactory">Receives Npgsql's log; null for none.</param>
    public SupabaseDatabase(DatabaseOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : base(Database.Supabase, options, timeProvider, loggerFactory)
    {
        _userRules = new Lazy<UserRules>(() => new UserRules(options as SupabaseOptions ?? new SupabaseOptions(), Clock));
        if (options is SupabaseOptions { UsesRest: true } rest)
        {
            _channel = new Lazy<RestChannel>(() => OpenChannel(rest));
            _rest = new RestClient(this, _channel, user: null);
        }
    }

    /// <inheritdoc/>
    internal override RestClient? Rest => _rest;

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

    private static RestChannel OpenChannel(SupabaseOptions options)
    {
        var faults = RestOptionsValidator.Validate(options).ToList();
        return faults.Count == 0 ? new RestChannel(options) : throw new DualDbConfigurationException(string.Join(" ", faults)) { Database = Database.Supabase };
    }
}
