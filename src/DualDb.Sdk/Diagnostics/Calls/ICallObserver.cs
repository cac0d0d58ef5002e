namespace DualDb.Diagnostics.Calls;

/// <summary>Is told of each call to a root's databases; on the caller's way, so that it must be quick, and must not throw.</summary>
internal interface ICallObserver
{
    /// <summary>A call has succeeded, its retries included.</summary>
    /// <param name="database">The database.</param>
    /// <param name="call">What was called.</param>
    /// <param name="began">When it began, a timestamp of the database's clock.</param>
    /// <param name="ended">When it ended.</param>
    void Succeeded(Database database, in CallName call, long began, long ended);

    /// <summary>A call has failed for good. One that was cancelled is told of to nobody.</summary>
    /// <param name="database">The database.</param>
    /// <param name="failure">What the caller gets.</param>
    /// <param name="began">When the call began.</param>
    /// <param name="ended">When it ended.</param>
    void Failed(Database database, Exception failure, long began, long ended);

    /// <summary>An attempt of a call lost its connection, or got none. The call may try again, and an outage begins here if it has begun.</summary>
    /// <param name="database">The database.</param>
    /// <param name="at">When it broke.</param>
    void Broke(Database database, long at);

    /// <summary>A view was read from the databases.</summary>
    /// <param name="view">The view.</param>
    /// <param name="began">When the reading began.</param>
    /// <param name="ended">When it ended.</param>
    void ViewRead(string view, long began, long ended);
}
