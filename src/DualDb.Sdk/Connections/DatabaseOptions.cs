using Npgsql;

namespace DualDb;

/// <summary>
/// How one database is reached. What the connection string says explicitly (<c>Maximum Pool Size=5</c>, <c>connect_timeout=3</c>)
/// wins over the properties of the same meaning here.
/// </summary>
public class DatabaseOptions
{
    /// <summary>
    /// Where the database is: a <c>postgresql://</c> or <c>postgres://</c> URI as the vendors hand it out, or Npgsql's keyword form.
    /// Null takes the key <c>ConnectionString</c> of the configuration section, then the environment variable
    /// (<c>NEON_DATABASE_URL</c>, <c>SUPABASE_DB_URL</c>).
    /// </summary>
    /// <remarks>
    /// <c>Multiplexing</c> is refused, and on a pooler <c>Search Path</c> and <c>Options</c> too, which it would refuse itself or apply to
    /// other sessions. <c>pgbouncer=true</c>, as some of the vendors' pages append it, declares a transaction pooler.
    /// </remarks>
    public string? ConnectionString { get; set; }

    /// <summary>How many connections may be open at once. 20 unless set; at least 1.</summary>
    public int MaxPoolSize { get; set; } = 20;

    /// <summary>
    /// After how long an unused connection is closed. 30 s unless set; at least 1 s. Stay below 300 s on Neon, which suspends an
    /// idle database by then and cuts its connections.
    /// </summary>
    public TimeSpan ConnectionIdleLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take, and how long a caller waits for a free connection. 15 s unless set; at least 1 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a statement may take. 30 s unless set; at least 1 s, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When frequent statements become prepared statements.</summary>
    public AutoPrepare AutoPrepare { get; set; }

    /// <summary>How often a transient failure is retried, beyond the first attempt. 5 unless set; 0 turns retrying off.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>
    /// The middle of the pause before the second retry; each later one doubles, with jitter. The first retry follows at once, since most
    /// failures are one stale connection. 200 ms unless set.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts. 16 s unless set.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(16);

    /// <summary>Above so many rows <c>InsertManyAsync</c> uses binary COPY instead of one <c>unnest</c> statement. 5,000 unless set.</summary>
    public int CopyThreshold { get; set; } = 5_000;

    /// <summary>
    /// The last word on the data source, for what has no option here: a password provider, certificates, enum mappings.
    /// Called once for each data source built, which is one for the endpoint's probe and one for the pool.
    /// </summary>
    public Action<NpgsqlDataSourceBuilder>? ConfigureDataSource { get; set; }
}
