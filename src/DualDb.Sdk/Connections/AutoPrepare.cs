namespace DualDb;

/// <summary>When frequent statements become prepared statements, which saves the server their parsing and planning.</summary>
public enum AutoPrepare
{
    /// <summary>
    /// Where the endpoint is known to give each connection a server process of its own. Behind a transaction pooler a prepared
    /// statement can meet another session's statement of the same name, and return wrong rows.
    /// </summary>
    WhenProven = 0,

    /// <summary>Never.</summary>
    Never = 1,

    /// <summary>
    /// Always: for a pooler in session mode, or one that follows prepared statements itself (PgBouncer from 1.21 with
    /// <c>max_prepared_statements</c> above zero).
    /// </summary>
    Always = 2,
}
