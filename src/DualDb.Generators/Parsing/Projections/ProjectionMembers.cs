using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>Pairs the constructor parameters and properties of a projection with the entity's members of the same names.</summary>
internal sealed class ProjectionMembers
{
    private readonly ParseContext _context;
    private readonly INamedTypeSymbol _entity;
    private readonly Dictionary<string, IPropertySymbol> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _columns = [];
    private readonly List<string> _initialized = [];

    public ProjectionMembers(ParseContext context, INamedTypeSymbol entity, EntitySpec facts)
    {
        _context = context;
        _entity = entity;
        var mapped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in facts.Columns)
        {
            mapped.Add(column.Member);
        }

        foreach (var property in MemberCollector.InstanceProperties(entity))
        {
            if (mapped.Contains(property.Name))
            {
                _sources[property.Name] = property;
            }
        }
    }

    public EquatableArray<string> Columns => _columns.ToEquatableArray();

    public EquatableArray<string> Initialized => _initialized.ToEquatableArray();

    /// <summary>The way to make an instance; null, and reported, where there is none.</summary>
    public ConstructionSpec? Choose()
    {
        if (Constructor() is not { } constructor)
        {
            _context.Report(ProblemKind.ProjectionShape, _context.Entity, null, "it has no constructor that generated code can call", "Add one");
            return null;
        }

        var arguments = new List<ArgumentSpec>();
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in constructor.Parameters)
        {
            set.Add(parameter.Name);
            if (Place(parameter, parameter.Name, parameter.Type) is { } place)
            {
                arguments.Add(new ArgumentSpec(parameter.Name, place));
            }
        }

        var initialized = new List<int>();
        foreach (var property in MemberCollector.InstanceProperties(_context.Entity))
        {
            if (!set.Contains(property.Name) && IsToBeSet(property) && Place(property, property.Name, property.Type) is { } place)
            {
                initialized.Add(place);
                _initialized.Add(property.Name);
            }
        }

        if (_columns.Count == 0 && !_context.HasFaults)
        {
            _context.Report(ProblemKind.ProjectionShape, _context.Entity, null, "it has no member that could take a column", "Declare one");
        }

        return new ConstructionSpec(arguments.ToEquatableArray(), initialized.ToEquatableArray(), NeedsPrivateAccess: false);
    }

    // The longest whose parameters all have a column; else the longest, whose parameters then say what is missing.
    private IMethodSymbol? Constructor()
    {
        IMethodSymbol? best = null;
        foreach (var candidate in _context.Entity.InstanceConstructors)
        {
            if (IsCopy(candidate))
            {
                continue;
            }

            if (best is null || Rank(candidate) > Rank(best))
            {
                best = candidate;
            }
        }

        return best;
    }

    private int Rank(IMethodSymbol constructor)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (Source(parameter.Name) is null)
            {
                return -1000 + constructor.Parameters.Length;
            }
        }

        return constructor.Parameters.Length;
    }

    private bool IsCopy(IMethodSymbol constructor)
        => constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, _context.Entity);

    private bool IsToBeSet(IPropertySymbol property)
        => MemberCollector.FindSetter(property) is { } setter && _context.Compilation.IsSymbolAccessibleWithin(setter, _context.Entity) && !property.IsImplicitlyDeclared && Annotations.Find(property, "NotMappedAttribute") is null;

    private int? Place(ISymbol member, string name, ITypeSymbol type)
    {
        if (Source(name) is not { } source)
        {
            _context.Report(ProblemKind.ProjectionMemberUnknown, member, null, member.Name, _entity.Name);
            return null;
        }

        if (!Fits(source.Type, type))
        {
            _context.Report(
                ProblemKind.ProjectionMemberType, member, null, member.Name, ParseContext.Display(type), _entity.Name + "." + source.Name, ParseContext.Display(source.Type));
            return null;
        }

        _columns.Add(source.Name);
        return _columns.Count - 1;
    }

    private bool Fits(ITypeSymbol from, ITypeSymbol to)
    {
        var conversion = ((CSharpCompilation)_context.Compilation).ClassifyConversion(from, to);
        return conversion is { IsImplicit: true, IsUserDefined: false }
            && !(from.IsReferenceType && from.NullableAnnotation == NullableAnnotation.Annotated && to.NullableAnnotation == NullableAnnotation.NotAnnotated);
    }

    // A parameter is spelled with a small letter.
    private IPropertySymbol? Source(string name)
    {
        if (_sources.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var source in _sources.Values)
        {
            if (string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return source;
            }
        }

        return null;
    }
}
