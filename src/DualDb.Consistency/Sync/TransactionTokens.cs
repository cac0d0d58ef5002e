namespace DualDb.Consistency.Sync;

/// <summary>The token of a transaction.</summary>
public static class TransactionTokens
{
    extension(DatabaseTransaction transaction)
    {
        /// <summary>
        /// What to wait for so that the other database has what the transaction wrote: <c>await db.Sync.WaitForSyncAsync(transaction.SyncToken, timeout)</c>. It came with the commit and asks no database. One that wrote nothing, and a
        /// test double, give a token that is there at once.
        /// </summary>
        /// <exception cref="InvalidOperationException">The transaction is not committed.</exception>
        public SyncToken SyncToken
        {
            get
            {
                ArgumentNullException.ThrowIfNull(transaction);
                return transaction.IsCommitted
                    ? SyncToken.Covering(transaction.Database, transaction.CommittedId)
                    : throw new InvalidOperationException(
                        $"This {transaction.Database} transaction is not committed, so that there is nothing to wait for. Take its SyncToken after CommitAsync; where the commit's outcome is unknown, take db.Sync.TokenAsync(Database.{transaction.Database}).");
            }
        }
    }
}
