namespace DualDb;

public abstract partial class DatabaseTransaction
{
    /// <summary>
    /// Refuses a repository of another user's, or of nobody's: its statement would be sent as the one that the transaction was begun for.
    /// </summary>
    /// <exception cref="InvalidOperationException">The transaction was begun for another.</exception>
    internal void RequireUserOf(PostgresDatabase database)
    {
        if (_session is not null && _session.Database.ActsAs != database.ActsAs)
        {
            throw new InvalidOperationException(
                $"This {Database} transaction was begun on a root that acts as another user, or as none. Begin it on the root whose repositories take part in it.");
        }
    }
}
