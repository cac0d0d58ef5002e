using DualDb.Testing.PostgreSql;
using DualDb.Testing.Processes;

namespace DualDb.Testing;

/// <summary>
/// Two real PostgreSQL servers, one in Neon's place and one in Supabase's, and a Redis where it is asked for, on free ports of
/// 127.0.0.1: no Docker, nothing to configure, gone without a trace when disposed of, when the process ends and when it is killed.
/// </summary>
/// <example><code>
/// await using var servers = await LocalServers.StartAsync(cancellationToken);
/// services.AddShopDb(o =&gt;
/// {
///     o.Neon.ConnectionString = servers.Neon.ConnectionString;
///     o.Supabase.ConnectionString = servers.Supabase.ConnectionString;
/// });
/// </code></example>
/// <remarks>
/// Works on Linux and macOS. PostgreSQL refuses to run as root: for root the servers run as the account
/// <c>postgres</c>, else <c>nobody</c>.
/// </remarks>
public sealed class LocalServers : IAsyncDisposable
{
    private readonly RunFolder _run;

    private LocalServers(RunFolder run, LocalPostgres neon, LocalPostgres supabase, LocalRedis? redis)
    {
        _run = run;
        Neon = neon;
        Supabase = supabase;
        Redis = redis;
    }

    /// <summary>The server in Neon's place; its database is called "neondb".</summary>
    public LocalPostgres Neon { get; }

    /// <summary>The server in Supabase's place; its database is called "postgres".</summary>
    public LocalPostgres Supabase { get; }

    /// <summary>The Redis beside them; null unless <see cref="LocalServersOptions.Redis"/> asked for it.</summary>
    public LocalRedis? Redis { get; }

    /// <summary>Starts the pair with default options and returns when both accept connections.</summary>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="LocalServerException">No server programs can be found or brought, or a server does not start; the message says what to do.</exception>
    public static Task<LocalServers> StartAsync(CancellationToken cancellationToken = default) => StartAsync(static _ => { }, cancellationToken);

    /// <summary>Starts the pair and returns when both accept connections.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="ArgumentException">An option is out of range or a setting cannot be set.</exception>
    /// <exception cref="LocalServerException">No server programs can be found or brought, or a server does not start; the message says what to do.</exception>
    public static async Task<LocalServers> StartAsync(Action<LocalServersOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new LocalServersOptions();
        configure(options);
        var settings = new ServerSettings(options.PostgreSqlSettings);

        var redis = options.Redis ? await LocalRedis.StartAsync(cancellationToken).ConfigureAwait(false) : null;
        try
        {
            return await StartPairAsync(options, settings, redis, cancellationToken).ConfigureAwait(false);
        }
        catch when (redis is not null)
        {
            await redis.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the servers and removes their data. Connections that are still open break.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Redis is not null)
        {
            await Redis.DisposeAsync().ConfigureAwait(false);
        }

        await _run.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<LocalServers> StartPairAsync(
        LocalServersOptions options, ServerSettings settings, LocalRedis? redis, CancellationToken cancellationToken)
    {
        var run = await RunFolder.CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var binaries = await BinarySearch.FindAsync(options.BinaryDirectory, run.User, cancellationToken).ConfigureAwait(false);
            var launch = new ServerLaunch(run, binaries, options.StartTimeout);
            var (neon, supabase) = await launch.StartPairAsync(settings, cancellationToken).ConfigureAwait(false);
            return new LocalServers(run, neon, supabase, redis);
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
