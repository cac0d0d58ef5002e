using System.Data;

namespace DualDb;

/// <summary>What every generated root offers: both databases, and transactions in each.</summary>
/// <remarks>Disposing of the root closes the connections of both databases; in a container, the container does it.</remarks>
public interface IDualDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>The Neon database.</summary>
    NeonDatabase Neon { get; }

    /// <summary>The Supabase database.</summary>
    SupabaseDatabase Supabase { get; }

    /// <summary>What the root keeps in memory and in Redis.</summary>
    DualDbCache Cache { get; }

    /// <inheritdoc cref="NeonDatabase.BeginAsync(IsolationLevel, CancellationToken)"/>
    ValueTask<NeonTransaction> BeginNeonAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="NeonDatabase.BeginAsync(IsolationLevel, CancellationToken)"/>
    ValueTask<NeonTransaction> BeginNeonAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="SupabaseDatabase.BeginAsync(IsolationLevel, CancellationToken)"/>
    ValueTask<SupabaseTransaction> BeginSupabaseAsync(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="SupabaseDatabase.BeginAsync(IsolationLevel, CancellationToken)"/>
    ValueTask<SupabaseTransaction> BeginSupabaseAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins a scope in which <c>FindAsync</c> and <c>GetAsync</c> calls that are made at the same time share statements: <c>await using var scope = db.BeginBatching();</c>.
    /// </summary>
    /// <returns>The scope, current until it is disposed of in the calling method and in what it calls and awaits.</returns>
    BatchingScope BeginBatching();
}
