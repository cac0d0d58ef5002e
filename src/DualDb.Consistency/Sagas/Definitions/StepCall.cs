using System.ComponentModel;

namespace DualDb.Consistency.Sagas;

/// <summary>What a step is called with besides its values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StepCall
{
    private readonly DatabaseTransaction? _transaction;

    internal StepCall(DatabaseTransaction? transaction, SagaContext context, CancellationToken cancellationToken)
    {
        _transaction = transaction;
        Context = context;
        CancellationToken = cancellationToken;
    }

    /// <summary>The transaction in Neon.</summary>
    public NeonTransaction Neon => (NeonTransaction)_transaction!;

    /// <summary>The transaction in Supabase.</summary>
    public SupabaseTransaction Supabase => (SupabaseTransaction)_transaction!;

    /// <summary>The attempt.</summary>
    public SagaContext Context { get; }

    /// <summary>Fires when the attempt's time is up, when the node has lost the instance, and when it shuts down.</summary>
    public CancellationToken CancellationToken { get; }
}
