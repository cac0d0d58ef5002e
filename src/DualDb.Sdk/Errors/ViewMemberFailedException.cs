namespace DualDb;

/// <summary>A member of a view could not be read: its database is down, too slow, or refused the statement. The inner exception tells which.</summary>
public sealed class ViewMemberFailedException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="view">The view.</param>
    /// <param name="member">The member.</param>
    /// <param name="database">The database that was asked for it.</param>
    /// <param name="cause">What it answered, or that it did not.</param>
    public ViewMemberFailedException(string view, string member, Database database, DualDbException cause)
        : base($"{view}.{member} could not be read from {database}: {cause?.Message}", cause)
    {
        Database = database;
        Entity = cause?.Entity;
        View = view;
        Member = member;
    }

    /// <summary>The view.</summary>
    public string View { get; }

    /// <summary>The member, with the members around it where views are nested: <c>Order.Buyer</c>. Several that were read together are separated by commas.</summary>
    public string Member { get; }
}
