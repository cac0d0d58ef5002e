namespace DualDb.Testing;

/// <summary>What a <see cref="LocalPgBouncer"/> starts with.</summary>
public sealed class LocalPgBouncerOptions
{
    /// <summary>
    /// The pgbouncer program. Null, the default, looks in PATH and in the places of Debian and Homebrew.
    /// </summary>
    public string? ProgramPath { get; set; }

    /// <summary>How many server connections each database and user get; 4 by default, few, so that clients really share them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int PoolSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 4;

    /// <summary>How many clients may be connected at once; 200 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int MaxClientConnections
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 200;

    /// <summary>How long the pooler may take to start; 30 seconds by default.</summary>
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

    /// <summary>Lines for the [pgbouncer] section beyond or instead of the defaults, such as <c>max_prepared_statements</c> = <c>100</c>.</summary>
    public IDictionary<string, string> PgBouncerSettings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
