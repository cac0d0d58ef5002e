namespace DualDb.Consistency.Events;

/// <summary>The events of a root: <c>db.Events</c>.</summary>
public sealed class DomainEvents
{
    private readonly IDualDatabase _root;

    /// <summary>Creates them; generated code does.</summary>
    /// <param name="root">The root.</param>
    /// <param name="registry">The events and handlers of the project.</param>
    public DomainEvents(IDualDatabase root, EventRegistry registry)
    {
        _root = root;
        Registry = registry;
    }

    /// <summary>The events and handlers of the project.</summary>
    internal EventRegistry Registry { get; }

    internal IDualDatabase Root => _root;
}
