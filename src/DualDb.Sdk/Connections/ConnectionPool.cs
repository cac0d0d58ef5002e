using DualDb.Diagnostics.Calls;
using Npgsql;

namespace DualDb.Connections;

/// <summary>
/// The data source of one database: built at first use, after the endpoint has been asked, where need be, whether statements may be
/// prepared on it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="options">Its options; validated at first use.</param>
/// <param name="factory">Builds the data sources.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ConnectionPool(Database database, DatabaseOptions options, DataSourceFactory factory, TimeProvider timeProvider) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ClearInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposal = new();
    private ConnectionSettings? _settings;
    private Task<NpgsqlDataSource>? _building;
    private volatile NpgsqlDataSource? _source;
    private NpgsqlDataSource? _owner;
    private (NpgsqlDataSource Source, NpgsqlDataSource Owner)? _beside;
    private bool _disposed;
    private long _lastCleared;

    /// <summary>Who is told of each call. It lies here, where the database and those that act as its users meet.</summary>
    public ICallObserver? Observer { get; set; }

    /// <summary>The data source; null before the first use has built it.</summary>
    public NpgsqlDataSource? Current => _source;

    /// <summary>Whether the endpoint is known to give each connection a server process of its own.</summary>
    public bool IsDirect { get; private set; }

    /// <summary>The settings.</summary>
    /// <exception cref="DualDbConfigurationException">An option is missing or malformed.</exception>
    public ConnectionSettings Settings => _settings ??= OptionsValidator.Require(database, options);

    /// <summary>The data source, built once however many callers ask at the same time.</summary>
    /// <remarks>
    /// The building belongs to no caller: one that gives up only stops waiting. A failure is not remembered; the next caller tries again.
    /// </remarks>
    public ValueTask<NpgsqlDataSource> GetAsync(CancellationToken cancellationToken)
    {
        if (_source is { } built)
        {
            return ValueTask.FromResult(built);
        }

        var settings = Settings;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PostgresDatabase));
            if (_building is null or { IsFaulted: true } or { IsCanceled: true })
            {
                var disposal = _disposal.Token;
                _building = Task.Run(() => BuildAsync(settings, disposal), CancellationToken.None);

                // Where every caller has given up nobody awaits the failure, which is no reason to report it as unobserved.
                _ = _building.ContinueWith(
                    static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            return new ValueTask<NpgsqlDataSource>(_building.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Opens a connection beside the pool, for who must not wait behind the application's calls. It is closed when it is disposed of, and not kept.</summary>
    public ValueTask<NpgsqlConnection> OpenBesideAsync(CancellationToken cancellationToken)
    {
        NpgsqlDataSource source;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PostgresDatabase));
            source = (_beside ??= Build(Settings.ForProbe())).Source;
        }

        return source.OpenConnectionAsync(cancellationToken);
    }

    /// <summary>
    /// Drops the idle connections, and the busy ones when they come back: where one connection was found dead, the others of the same age
    /// are too. At most once a second, since what was opened after a clearing is none of its business.
    /// </summary>
    public void Clear()
    {
        var now = timeProvider.GetTimestamp();
        var last = Interlocked.Read(ref _lastCleared);
        if (last != 0 && timeProvider.GetElapsedTime(last, now) < ClearInterval)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _lastCleared, now, last) == last)
        {
            _source?.Clear();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (TakeForDisposal() is { } owner)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => TakeForDisposal()?.Dispose();

    private async Task<NpgsqlDataSource> BuildAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAndBuildAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancellation) when (cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException($"{database} has been disposed of while it was being connected to for the first time.", cancellation);
        }
    }

    private async Task<NpgsqlDataSource> AskAndBuildAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var isDirect = settings.NeedsProbe ? await AskEndpointAsync(settings, cancellationToken).ConfigureAwait(false) : settings.Verdict == EndpointVerdict.Direct;
        var (source, owner) = Build(settings.ForPool(isDirect));
        lock (_gate)
        {
            if (!_disposed)
            {
                IsDirect = isDirect;
                _owner = owner;
                _source = source;
                return source;
            }
        }

        await owner.DisposeAsync().ConfigureAwait(false);
        throw new ObjectDisposedException(nameof(PostgresDatabase));
    }

    /// <summary>Npgsql compares some settings with each other only here.</summary>
    private (NpgsqlDataSource Source, NpgsqlDataSource Owner) Build(NpgsqlConnectionStringBuilder settings)
    {
        try
        {
            return factory.Build(settings);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new DualDbConfigurationException(
                $"{OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString))}, or what ConfigureDataSource makes of it, is refused by Npgsql: {exception.Message}",
                exception) { Database = database };
        }
    }

    private async Task<bool> AskEndpointAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        var (source, owner) = Build(settings.ForProbe());
        await using (owner.ConfigureAwait(false))
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var isDirect = await EndpointProbe.IsDirectAsync(connection, cancellationToken).ConfigureAwait(false);
                if (!isDirect && settings.StartupSetting is { } setting)
                {
                    throw new DualDbConfigurationException(
                        $"{OptionNames.Option(database, nameof(DatabaseOptions.ConnectionString))} points at a pooler. {ConnectionSettings.PoolerRefuses(setting)}") { Database = database };
                }

                return isDirect;
            }
        }
    }

    private NpgsqlDataSource? TakeForDisposal()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return null;
            }

            _disposed = true;
        }

        // Ends a probe that is under way; the callers that wait for it learn that the database is disposed of.
        _disposal.Cancel();
        _disposal.Dispose();
        _beside?.Owner.Dispose();
        return _owner;
    }
}
