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

    private RunDatabases(NeonDatabase neon, SupabaseDatabase supabase)
    {
        Neon = neon;
        Supabase = supabase;
    }

    public NeonDatabase Neon { get; }

    public SupabaseDatabase Supabase { get; }

    public TimeProvider Clock => Neon.Clock;

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

                // Rows are sent many statements at a time, and the one that fails is named.
                builder.ConnectionStringBuilder.IncludeFailedBatchedCommand = true;
            },
        };
    }
}
