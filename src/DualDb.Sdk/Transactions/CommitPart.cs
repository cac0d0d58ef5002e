using Npgsql;

namespace DualDb.Transactions;

/// <summary>
/// Statements that wait for the commit and travel with it, so that they cost no round trip of their own. A rollback to a savepoint takes back what was added since.
/// </summary>
internal abstract class CommitPart
{
    /// <summary>How much was added so far.</summary>
    public abstract int Count { get; }

    /// <summary>Forgets what was added beyond the first so many.</summary>
    public abstract void TakeBack(int count);

    /// <summary>Adds the statements to the batch that ends with the commit. Runs as the login role, also in a user's transaction. One of them answers with the transaction's id, as a column of its own.</summary>
    public abstract void AddTo(NpgsqlBatch batch);

    /// <summary>Is told that the transaction was committed.</summary>
    public abstract void Committed();

    /// <summary>Is told that the commit's reply was lost: it may have been committed, or not.</summary>
    public abstract void Suspected();

    /// <summary>What to raise for an error that one of the statements may have met; null for what any commit would.</summary>
    public abstract Exception? Explain(Exception exception);
}
