using DualDb.Transactions;

namespace DualDb;

/// <summary>A transaction in Neon. Begin it with <see cref="NeonDatabase.BeginAsync(CancellationToken)"/>.</summary>
public class NeonTransaction : DatabaseTransaction
{
    /// <summary>Creates a test double.</summary>
    protected NeonTransaction()
        : base(Database.Neon)
    {
    }

    internal NeonTransaction(TransactionSession session)
        : base(session)
    {
    }
}
