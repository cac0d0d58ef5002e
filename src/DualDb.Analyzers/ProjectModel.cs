using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers;

/// <summary>What one compilation declares, gathered from many threads while it is analysed and forgotten with it.</summary>
internal sealed class ProjectModel
{
    private readonly ConcurrentDictionary<string, (INamedTypeSymbol Type, SetSpec? Set)> _entities = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, (INamedTypeSymbol Type, RootSpec Root)> _roots = new(StringComparer.Ordinal);

    private volatile bool _haveEvents;
    private volatile bool _haveSagas;
    private volatile bool _haveSync;

    /// <summary>Whether there are events or handlers, for which a root has a property.</summary>
    public bool HaveEvents => _haveEvents;

    /// <summary>Whether there are sagas, for which a root has a property.</summary>
    public bool HaveSagas => _haveSagas;

    /// <summary>Whether anything is synchronised, for which a root has a property.</summary>
    public bool HaveSync => _haveSync;

    public void Add(INamedTypeSymbol type, EntitySpec entity) => _entities[entity.Type.FullName] = (type, SetParser.Of(entity));

    public void Add(INamedTypeSymbol type, ViewSpec view) => _entities[view.Type.FullName] = (type, SetParser.Of(view));

    public void Add(INamedTypeSymbol type, RootSpec root) => _roots[root.Type.FullName] = (type, root);

    public void AddEvents() => _haveEvents = true;

    public void AddSync() => _haveSync = true;

    public void AddSaga(SagaSpec saga)
    {
        _haveSagas = true;
        _haveEvents |= saga.Entry.Events.Count > 0;
    }

    /// <summary>The entities and views that have a place on the root.</summary>
    public List<SetSpec> Sets()
    {
        var sets = new List<SetSpec>();
        foreach (var (_, set) in _entities.Values)
        {
            if (set is not null)
            {
                sets.Add(set);
            }
        }

        return sets;
    }

    /// <summary>The roots in the order of their full names.</summary>
    public List<(INamedTypeSymbol Type, RootSpec Root)> Roots()
    {
        var roots = new List<(INamedTypeSymbol Type, RootSpec Root)>(_roots.Values);
        roots.Sort(static (left, right) => string.CompareOrdinal(left.Root.Type.FullName, right.Root.Type.FullName));
        return roots;
    }

    /// <summary>The entity or view of that full name; null where another project declares it.</summary>
    public INamedTypeSymbol? FindEntity(string fullName) => _entities.TryGetValue(fullName, out var entity) ? entity.Type : null;

    /// <summary>Every entity, view and root.</summary>
    public IEnumerable<INamedTypeSymbol> Types()
    {
        foreach (var (type, _) in _entities.Values)
        {
            yield return type;
        }

        foreach (var (type, _) in _roots.Values)
        {
            yield return type;
        }
    }
}
