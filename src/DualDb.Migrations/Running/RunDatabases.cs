namespace DualDb.Migrations.Running;

/// <summary>
/// Both databases as a run speaks to them: connections of its own, without a limit of the client's on how long a statement takes, that are closed with the run, so that nothing it told a session
/// reaches the application.
/// </summary>
internal sealed class RunDatabases : IAsyncDisposable
{
    /// <summary>The name of the connections at the server.</summary>
    public const string ApplicationName = "DualDb migrations";

    private const int Connections = 4;

    /// <summary>Seconds: a peer that is gone is noticed within a minute or two, whatever a statement may take.</summary>
    private const int KeepAliveTime = 15;

    private const int KeepAliveInterval = 5;

    private RunDatabases(NeonDatabase neon, SupabaseDatabase supabase)
    {
        Neon = neon;
        Supabase = supabase;
    }

    public NeonDatabase Neon { get; }

    public SupabaseDatabase Supabase { get; }

    public TimeProvider Clock => Neon.Clock;

    /// <summary>What the run has come to by now.</summary>
    public RunOutcome Outcome { get; } = new();

    public PostgresDatabase Of(Database database) => database == Database.Neon ? Neon : Supabase;

    public IEnumerable<PostgresDatabase> Both => [Neon, Supabase];

    /// <summary>Prepares the databases of a run; nothing connects yet.</summary>
    public static RunDatabases Open(IDualDatabase root, MigrationOptions options) => new(
        new NeonDatabase(OptionsOf(root.Neon, options.NeonConnectionString), root.Neon.Clock),
        new SupabaseDatabase(OptionsOf(root.Supabase, options.SupabaseConnectionString), root.Supabase.Clock));

    public async ValueTask DisposeAsync()
    {
        await Neon.DisposeAsync().ConfigureAwait(false);
        await Supabase.DisposeAsync().ConfigureAwait(false);
    }

    private static DatabaseOptions OptionsOf(PostgresDatabase database, string? connectionString)
    {
        var own = database.Options;
        return new DatabaseOptions
        {
            ConnectionString = connectionString ?? own.ConnectionString,
            MaxPoolSize = Connections,
            ConnectTimeout = own.ConnectTimeout,
            CommandTimeout = Timeout.InfiniteTimeSpan,
            AutoPrepare = AutoPrepare.Never,
            MaxRetries = own.MaxRetries,
            RetryDelay = own.RetryDelay,
            MaxRetryDelay = own.MaxRetryDelay,
            ConfigureDataSource = builder =>
            {
                own.ConfigureDataSource?.Invoke(builder);

                // What the connection string says of the application's statements holds for the application's.
                builder.ConnectionStringBuilder.CommandTimeout = 0;
                builder.ConnectionStringBuilder.MaxPoolSize = Math.Max(Connections, builder.ConnectionStringBuilder.MinPoolSize);
                builder.ConnectionStringBuilder.ApplicationName = ApplicationName;

                // A statement may take as long as it needs, and its end is waited for: nobody else would notice that the other side is gone.
                builder.ConnectionStringBuilder.TcpKeepAlive = true;
                builder.ConnectionStringBuilder.TcpKeepAliveTime = builder.ConnectionStringBuilder.TcpKeepAliveTime is var time and > 0 ? time : KeepAliveTime;
                builder.ConnectionStringBuilder.TcpKeepAliveInterval = builder.ConnectionStringBuilder.TcpKeepAliveInterval is var interval and > 0 ? interval : KeepAliveInterval;

                // Rows are sent many statements at a time, and the one that fails is named.
                builder.ConnectionStringBuilder.IncludeFailedBatchedCommand = true;
            },
        };
    }
}
