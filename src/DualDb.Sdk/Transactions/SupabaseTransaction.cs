using DualDb.Transactions;

namespace DualDb;

/// <summary>A transaction in Supabase. Begin it with <see cref="SupabaseDatabase.BeginAsync(CancellationToken)"/>.</summary>
public class SupabaseTransaction : DatabaseTransaction
{
    /// <summary>Creates a test double.</summary>
    protected SupabaseTransaction()
        : base(Database.Supabase)
    {
    }

    internal SupabaseTransaction(TransactionSession session)
        : base(session)
    {
    }
}
