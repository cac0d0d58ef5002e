namespace DualDb.Migrations;

/// <summary>How migrations are run.</summary>
public sealed class MigrationOptions
{
    /// <summary>The database that keeps the journal of runs. Neon unless set; it must stay the same.</summary>
    public Database Home { get; set; } = Database.Neon;

    /// <summary>
    /// Neon's direct endpoint, where the root's own address is a pooler: statements that cannot run in a transaction need a session. Null takes the root's address.
    /// </summary>
    public string? NeonConnectionString { get; set; }

    /// <summary>Supabase's direct endpoint or its session pooler, as <see cref="NeonConnectionString"/>.</summary>
    public string? SupabaseConnectionString { get; set; }

    /// <summary>What happens when a migration fails. <see cref="MigrationFailurePolicy.Stop"/> unless set.</summary>
    public MigrationFailurePolicy OnFailure { get; set; } = MigrationFailurePolicy.Stop;

    /// <summary>The last phase to plan; migrations of later ones wait, with what requires them. Null, the default, plans all.</summary>
    public MigrationPhase? Through { get; set; }

    /// <summary>The only plan that may be run, by <see cref="MigrationPlan.Hash"/>: for a plan that somebody has read and approved. Null, the default, runs any.</summary>
    public string? PlanHash { get; set; }

    /// <summary>
    /// Whether the rows of <c>neon/seeds/*.sql</c> and <c>supabase/seeds/*.sql</c> are inserted as well, behind the migrations: each file once, in a transaction of its own. One that was changed since is
    /// not run again, since its rows are there: write new ones into a file of another name. False unless set; a host says <c>options.Seeds = environment.IsDevelopment()</c>.
    /// </summary>
    public bool Seeds { get; set; }

    /// <summary>
    /// Whether what is applied to Supabase is also written into <c>supabase_migrations.schema_migrations</c>, in the same transaction, so that the supabase CLI knows of it. True unless set; it does so only
    /// where that table is there and this role may write it.
    /// </summary>
    public bool WriteSupabaseHistory { get; set; } = true;

    /// <summary>Whether a migration may be applied though one with a later name has been in its database, as after a merge of two branches. False unless set.</summary>
    public bool AllowOutOfOrder { get; set; }

    /// <summary>Whether the history may hold migrations that are not at hand, as when an older version of the application starts. False unless set.</summary>
    public bool AllowMissing { get; set; }

    /// <summary>How long one attempt of a statement waits for locks of others, so that those behind it do not wait long for it. 4 s unless set; at least 1 ms.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a statement, or the transaction that it belongs to, is tried while others hold the locks. 20 unless set; at least 1.</summary>
    public int LockAttempts { get; set; } = 20;

    /// <summary>The pause between two attempts, doubled each time up to 30 s, with jitter. 500 ms unless set.</summary>
    public TimeSpan LockRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a statement may take where its file says nothing (<c>-- timeout: 10min</c>). 5 min unless set; one that runs outside of transactions, as
    /// <c>create index concurrently</c> does, may take as long as it needs.
    /// </summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the migrator is known to be alive without a sign of life; after that another one may take over. 30 s unless set; at least 300 ms.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for another migrator. 15 min unless set.</summary>
    public TimeSpan LockWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Transactions of others that have been open for longer refuse the run, since it would wait for them. 10 min unless set; null does not look.</summary>
    public TimeSpan? LongestTransaction { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What a run does where somebody has changed a schema without a migration since the last run ended, as in a dashboard: a step that meets that may fail half-way. Warns unless set. It is looked for under the lock, before the first statement; where
    /// nothing is to be applied, nobody looks. What <see cref="DriftOptions.Ignored"/> of <see cref="Drift"/> names is passed over.
    /// </summary>
    public MigrationDriftPolicy OnDrift { get; set; } = MigrationDriftPolicy.Warn;

    /// <summary>Who runs the migrations, for the history. The user of the operating system unless set.</summary>
    public string Actor { get; set; } = Environment.UserName;

    /// <summary>Whether the host applies the migrations before its services start. True unless set. Asked by <c>AddDualDbMigrations</c>.</summary>
    public bool RunAtStartUp { get; set; } = true;

    /// <summary>Is told when a migration is begun, done or failed; null, the default, for nobody. It is called while the run goes on: be quick.</summary>
    public IProgress<MigrationProgress>? Progress { get; set; }

    /// <summary>
    /// What the host does where, with all migrations applied, the schemas differ from the model: nothing unless set. Asked by <c>AddDualDbMigrations</c>, also where <see cref="RunAtStartUp"/> is false. Not for a start while files of a later
    /// phase wait: those differences are meant.
    /// </summary>
    public DriftGate Gate { get; set; } = DriftGate.None;

    /// <summary>What is compared for <see cref="Gate"/>, and passed over for <see cref="OnDrift"/>.</summary>
    public DriftOptions Drift { get; } = new();

    /// <summary>Called at each point at which a crash could leave something behind; tests crash there.</summary>
    internal Action<string> Probe { get; set; } = static _ => { };

    // PostgreSQL counts milliseconds in 31 bits.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(20);

    internal MigrationOptions Copy() => (MigrationOptions)MemberwiseClone();

    internal void Validate()
    {
        Require(LockTimeout >= TimeSpan.FromMilliseconds(1), nameof(LockTimeout), LockTimeout, "at least 1 ms");
        Require(LockAttempts >= 1, nameof(LockAttempts), LockAttempts, "at least 1");
        Require(LockRetryDelay > TimeSpan.Zero, nameof(LockRetryDelay), LockRetryDelay, "more than nothing");
        Require(StatementTimeout >= TimeSpan.FromMilliseconds(1), nameof(StatementTimeout), StatementTimeout, "at least 1 ms");
        Require(Lease >= TimeSpan.FromMilliseconds(300), nameof(Lease), Lease, "at least 300 ms");
        Require(LockWait >= TimeSpan.Zero, nameof(LockWait), LockWait, "nothing or more");
        Require(Enum.IsDefined(Home), nameof(Home), Home, "Neon or Supabase");
        Require(Enum.IsDefined(OnFailure), nameof(OnFailure), OnFailure, "Stop, Compensate or Continue");
        Require(Through is not { } through || Enum.IsDefined(through), nameof(Through), Through, "Expand, Backfill, Switch, Contract or null");
        Require(StatementTimeout <= LongestTimeout, nameof(StatementTimeout), StatementTimeout, "at most 20 days");
        Require(Enum.IsDefined(Gate), nameof(Gate), Gate, "None, Errors or Drift");
        Require(Enum.IsDefined(OnDrift), nameof(OnDrift), OnDrift, "Warn, Refuse or Off");
        Require(!string.IsNullOrWhiteSpace(Actor), nameof(Actor), Actor, "a name");
    }

    private static void Require(bool holds, string option, object? value, string rule)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"MigrationOptions.{option} is '{value}', and has to be {rule}.");
        }
    }
}
