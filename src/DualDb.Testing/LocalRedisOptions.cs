namespace DualDb.Testing;

/// <summary>What a <see cref="LocalRedis"/> starts with.</summary>
public sealed class LocalRedisOptions
{
    /// <summary>
    /// The redis-server or valkey-server program. Null, the default, looks in PATH and in the places of Debian and Homebrew.
    /// </summary>
    public string? ProgramPath { get; set; }

    /// <summary>The password that clients must give; null, the default, asks for none.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? Password
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrEmpty(value);
            }

            field = value;
        }
    }

    /// <summary>
    /// Whether data survive a restart or a kill. False, the default, is a server in memory alone that comes back empty.
    /// Disposal removes the data in either case.
    /// </summary>
    public bool KeepsData { get; set; }

    /// <summary>How long the server may take to start or stop; 30 seconds by default.</summary>
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
    = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Further lines for redis.conf, such as <c>maxmemory</c> = <c>16mb</c> or <c>user</c> = <c>ada on &gt;secret ~* &amp;* +@all</c>. The value is
    /// written as it is.
    /// </summary>
    public IDictionary<string, string> RedisSettings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
