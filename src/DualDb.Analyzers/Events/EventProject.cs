using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Events;

/// <summary>The events and handlers of one compilation, gathered from many threads while it is analysed and forgotten with it.</summary>
internal sealed class EventProject(Compilation compilation)
{
    private readonly ConcurrentBag<INamedTypeSymbol> _events = [];
    private readonly ConcurrentBag<INamedTypeSymbol> _handlers = [];
    private readonly ConcurrentBag<INamedTypeSymbol> _markedOthers = [];
    private readonly ConcurrentBag<INamedTypeSymbol> _roots = [];
    private readonly ConcurrentDictionary<INamedTypeSymbol, HandlerSpec> _registered = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _bases = new(SymbolEqualityComparer.Default);
    private volatile bool _hasEntities;

    public List<INamedTypeSymbol> Events => Sorted(_events);

    /// <summary>All classes that implement <c>IEventHandler&lt;T&gt;</c>.</summary>
    public List<INamedTypeSymbol> Handlers => Sorted(_handlers);

    /// <summary>The classes with <c>[EventHandler]</c> that are no handlers.</summary>
    public List<INamedTypeSymbol> MarkedOthers => Sorted(_markedOthers);

    public List<INamedTypeSymbol> Roots => Sorted(_roots);

    /// <summary>Whether there is a root, declared or by itself.</summary>
    public bool HasRoot => _hasEntities || !_roots.IsEmpty;

    /// <summary>What is registered of a handler; null where it is not.</summary>
    public HandlerSpec? Registered(INamedTypeSymbol handler) => _registered.TryGetValue(handler, out var spec) ? spec : null;

    /// <summary>Whether a class of the project derives from a type.</summary>
    public bool IsBase(INamedTypeSymbol type) => _bases.ContainsKey(type);

    public void Add(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (EventNames.Find(type, "DomainEventAttribute") is not null)
        {
            _events.Add(type);
        }

        if (Annotations.Find(type, "DualDatabaseAttribute") is not null)
        {
            _roots.Add(type);
        }

        if (EntityHeader.Of(type) is not null || ViewMembers.IsView(type))
        {
            _hasEntities = true;
        }

        if (HandlerShape.Handled(type).Count > 0)
        {
            AddHandler(type, cancellationToken);
        }
        else if (EventNames.Find(type, "EventHandlerAttribute") is not null)
        {
            _markedOthers.Add(type);
        }
    }

    private void AddHandler(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        _handlers.Add(type);
        if (HandlerParser.Parse(type, compilation, sink: null, cancellationToken) is { } spec)
        {
            _registered[type] = spec;
        }

        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            _bases[current.OriginalDefinition] = true;
        }
    }

    // Threads add in any order; what is reported must be the same in every run.
    private static List<INamedTypeSymbol> Sorted(IEnumerable<INamedTypeSymbol> types)
    {
        var sorted = new List<INamedTypeSymbol>(types);
        sorted.Sort(static (left, right) => string.CompareOrdinal(TypeNames.Plain(left), TypeNames.Plain(right)));
        return sorted;
    }
}
