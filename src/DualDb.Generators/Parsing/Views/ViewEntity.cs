using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>An entity as views see it.</summary>
/// <param name="type">The entity.</param>
/// <param name="facts">What was read of it.</param>
/// <param name="references">Its members that hold keys of entities.</param>
internal sealed class ViewEntity(INamedTypeSymbol type, EntitySpec facts, IReadOnlyList<ViewReference> references)
{
    public INamedTypeSymbol Type { get; } = type;

    public EntitySpec Facts { get; } = facts;

    public IReadOnlyList<ViewReference> References { get; } = references;

    /// <summary>Whether generated code can name all that a view needs of it.</summary>
    public bool IsUsable => Facts.Key.Count > 0 && (Facts.Level == EmissionLevel.Full || !IsDeclaredHere);

    // An entity of a referenced project is compiled, so that whatever the parser misses of its source is there.
    private bool IsDeclaredHere => Type.DeclaringSyntaxReferences.Length > 0;

    /// <summary>The little of it that a view's file depends on.</summary>
    public ViewEntitySpec Spec
    {
        get
        {
            var key = new List<ColumnSpec>();
            foreach (var ordinal in Facts.Key)
            {
                key.Add(Facts.Columns[ordinal] with { Ordinal = 0 });
            }

            var (type, name) = (Facts.Type, Facts.Type.Name);
            return new ViewEntitySpec(name, type.FullName, type.Sibling(name + "Map"), type.Sibling(name + "Columns"), Facts.Database, key.ToEquatableArray());
        }
    }

    public bool Is(ViewEntity other) => SymbolEqualityComparer.Default.Equals(Type, other.Type);

    /// <summary>The column of a member; null where it is none.</summary>
    public ColumnSpec? Column(string member)
    {
        foreach (var column in Facts.Columns)
        {
            if (column.Member == member)
            {
                return column;
            }
        }

        return null;
    }

    public static ViewEntity Parse(INamedTypeSymbol type, ParseContext context)
    {
        var facts = EntityParser.Parse(type, context.Compilation, sink: null, context.CancellationToken)!;
        var references = new List<ViewReference>();
        foreach (var property in MemberCollector.InstanceProperties(type))
        {
            if (MemberAnnotations.Of(property).References?.AttributeClass is { TypeArguments.Length: 1 } attribute
                && attribute.TypeArguments[0] is INamedTypeSymbol target
                && Reference(facts, property.Name, target) is { } reference)
            {
                references.Add(reference);
            }
        }

        return new ViewEntity(type, facts, references);
    }

    private static ViewReference? Reference(EntitySpec facts, string member, INamedTypeSymbol target)
    {
        foreach (var reference in facts.References)
        {
            var column = facts.Columns[reference.Ordinal];
            if (column.Member == member)
            {
                var isKey = facts.Key.Count == 1 && facts.Key[0] == reference.Ordinal;
                return new ViewReference(column, target, isKey, isKey || IsUnique(facts, reference.Ordinal));
            }
        }

        return null;
    }

    private static bool IsUnique(EntitySpec facts, int ordinal)
    {
        foreach (var unique in facts.Uniques)
        {
            if (unique.Ordinals.Count == 1 && unique.Ordinals[0] == ordinal)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A member of an entity that holds the key of another.</summary>
/// <param name="column">Its column.</param>
/// <param name="target">The other entity.</param>
/// <param name="isKey">Whether it is the key of its own entity too.</param>
/// <param name="isUnique">Whether no two rows hold the same key.</param>
internal sealed class ViewReference(ColumnSpec column, INamedTypeSymbol target, bool isKey, bool isUnique)
{
    public ColumnSpec Column { get; } = column;

    public INamedTypeSymbol Target { get; } = target;

    public bool IsKey { get; } = isKey;

    public bool IsUnique { get; } = isUnique;
}
