using System.Data;
using DualDb.Hosting;
using Microsoft.Extensions.Configuration;

namespace DualDb.Tool;

/// <summary>A root without entities.</summary>
internal sealed class StandaloneDatabase : IDualDatabase
{
    private readonly DualDbHost _host;

    private StandaloneDatabase(DualDbHost host) => _host = host;

    public NeonDatabase Neon => _host.Neon;

    public SupabaseDatabase Supabase => _host.Supabase;

    public DualDbCache Cache => _host.Cache;

    /// <summary>Reads the options as applications do: the environment, then the settings, then the command line.</summary>
    /// <exception cref="DualDbConfigurationException">Options are missing or malformed; all of them are listed.</exception>
    public static StandaloneDatabase Create(Action<DualDbOptions> configure, IConfiguration? configuration) => new(DualDbHost.Create(
        "dualdb",
        DatabaseUse.Neon | DatabaseUse.Supabase,
        options =>
        {
            configure(options);

            // Nothing is cached here, and Redis may be out of reach of whoever migrates.
            options.Caching.InMemoryOnly = true;
        },
        configuration));

    public ValueTask<NeonTransaction> BeginNeonAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default) => Neon.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<NeonTransaction> BeginNeonAsync(CancellationToken cancellationToken) => Neon.BeginAsync(cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default) => Supabase.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(CancellationToken cancellationToken) => Supabase.BeginAsync(cancellationToken);

    public BatchingScope BeginBatching() => BatchingScope.Begin(Neon, Supabase);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public void Dispose() => _host.Dispose();
}
