using System.Data;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>A root without entities: what the engine needs of one.</summary>
public sealed class SagaRoot(string neon, string supabase, TimeProvider? time = null) : IDualDatabase
{
    public NeonDatabase Neon { get; } = new(Options(neon), time);

    public SupabaseDatabase Supabase { get; } = new(Options(supabase), time);

    public DualDbCache Cache { get; } = DualDbCache.CreateEmpty();

    public ValueTask<NeonTransaction> BeginNeonAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
        => Neon.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<NeonTransaction> BeginNeonAsync(CancellationToken cancellationToken) => Neon.BeginAsync(cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
        => Supabase.BeginAsync(isolationLevel, cancellationToken);

    public ValueTask<SupabaseTransaction> BeginSupabaseAsync(CancellationToken cancellationToken) => Supabase.BeginAsync(cancellationToken);

    public BatchingScope BeginBatching() => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await Neon.DisposeAsync();
        await Supabase.DisposeAsync();
    }

    public void Dispose()
    {
        Neon.Dispose();
        Supabase.Dispose();
    }

    private static SupabaseOptions Options(string address) => new() { ConnectionString = address, RetryDelay = TimeSpan.FromMilliseconds(20) };
}
