namespace DualDb;

/// <summary>The row of a view's member is missing, and the member accepts no null.</summary>
public sealed class ViewMemberMissingException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="view">The view.</param>
    /// <param name="member">The member.</param>
    /// <param name="entity">The entity that the member holds.</param>
    /// <param name="database">Where the row is missing.</param>
    /// <param name="key">The key by which it was looked for; null where the reference to it is NULL.</param>
    public ViewMemberMissingException(string view, string member, string entity, Database database, object? key)
        : base(
            $"{view}.{member} has no value: {(key is null ? "the reference to it is NULL" : $"{database} has no {entity} for key {key}")}. "
            + $"Declare the member nullable, leave such views out with [OnMissing(MissingRow.Skip)], or restore the row.")
    {
        Database = database;
        Entity = entity;
        View = view;
        Member = member;
        Key = key;
    }

    /// <summary>The view.</summary>
    public string View { get; }

    /// <summary>The member, with the members around it where views are nested: <c>Order.Buyer</c>.</summary>
    public string Member { get; }

    /// <summary>The key by which the row was looked for; null where the reference to it is NULL.</summary>
    public object? Key { get; }
}
