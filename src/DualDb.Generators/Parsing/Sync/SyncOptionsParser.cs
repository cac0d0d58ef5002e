using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>What <c>[Sync]</c> and <c>[SyncMap]</c> have in common.</summary>
/// <param name="context">The declaration.</param>
/// <param name="attribute">The attribute.</param>
internal sealed class SyncOptionsParser(ParseContext context, AttributeData attribute)
{
    private const int TwoWay = 1;

    /// <summary>Whether changes go both ways.</summary>
    public bool IsTwoWay { get; } = Annotations.Named(attribute, "Direction") is TwoWay;

    /// <summary>The member of <c>ConflictPolicy</c>.</summary>
    public string Policy()
    {
        var value = Annotations.Named(attribute, "OnConflict") is int number ? number : 0;
        if (SyncNames.Policy(value) is { } policy)
        {
            return policy;
        }

        context.Report(ProblemKind.SyncShape, context.Entity, attribute, "OnConflict is no member of ConflictPolicy", "Name one");
        return SyncNames.SourcePriority;
    }

    /// <summary>The name under which conflicts are kept.</summary>
    /// <param name="source">The entity whose rows are copied.</param>
    public string Name(EntitySpec source)
    {
        if (Annotations.Named(attribute, "Name") is not string name)
        {
            return source.Set.ToLowerInvariant();
        }

        if (EventNames.Fault(name) is { } fault)
        {
            var shown = name.Length > 50 ? name.Substring(0, 50) + "…" : name;
            context.Report(ProblemKind.SyncName, context.Entity, attribute, SymbolDisplay.FormatLiteral(shown, quote: false), fault);
        }

        return name;
    }

    /// <summary>The class that decides; null where a policy does.</summary>
    /// <param name="source">The entity whose rows are copied.</param>
    /// <param name="policy">The policy.</param>
    public SyncResolverSpec? Resolver(SyncEntity source, string policy)
    {
        var isCustom = policy == SyncNames.Custom;
        if (Annotations.Named(attribute, "Resolver") is not ITypeSymbol type)
        {
            if (isCustom)
            {
                Refuse("OnConflict is Custom, and no resolver is named", $"Name an IConflictResolver<{source.Type.Name}> with Resolver = typeof(…)");
            }

            return null;
        }

        if (type.TypeKind == TypeKind.Error)
        {
            context.MarkFaulty();
            return null;
        }

        if (!isCustom)
        {
            Refuse($"it names the resolver '{type.Name}', and OnConflict is {policy}", "Write OnConflict = ConflictPolicy.Custom, or remove the resolver");
            return null;
        }

        if (Fault(type, source) is var (why, next))
        {
            Refuse(why, next);
            return null;
        }

        var key = new System.Collections.Generic.List<ColumnSpec>();
        foreach (var ordinal in source.Facts.Key)
        {
            key.Add(source.Facts.Columns[ordinal]);
        }

        return new SyncResolverSpec(TypeNames.Plain(type), source.Facts.Type.FullName, source.Facts.Type.Sibling(source.Facts.Type.Name + "Map"), key.ToEquatableArray());
    }

    private (string Why, string Next)? Fault(ITypeSymbol type, SyncEntity source)
        => type is INamedTypeSymbol { IsUnboundGenericType: true } ? ($"'{type.Name}' is generic, and its types are not named", "Name them, or derive a class that does")
            : !Resolves(type, source.Type) ? ($"'{type.Name}' is no IConflictResolver<{source.Type.Name}>", $"Implement IConflictResolver<{source.Type.Name}>")
            : type.IsAbstract ? ($"'{type.Name}' is abstract", "Name a class that can be made")
            : !IsVisible(type) ? ($"'{type.Name}' cannot be named by generated code elsewhere in the project", $"Make '{type.Name}' internal or public")
            : !HasConstructor(type) ? ($"'{type.Name}' has no constructor without parameters that can be called", "Add one")
            : null;

    private static bool Resolves(ITypeSymbol type, INamedTypeSymbol entity)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.TypeArguments.Length == 1 && SyncNames.Is(contract, "IConflictResolver") && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], entity))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsVisible(ITypeSymbol type) => type is not INamedTypeSymbol { IsFileLocal: true } && context.Compilation.IsSymbolAccessibleWithin(type, context.Compilation.Assembly);

    private bool HasConstructor(ITypeSymbol type)
    {
        foreach (var constructor in ((INamedTypeSymbol)type).InstanceConstructors)
        {
            if (constructor.Parameters.IsEmpty && context.Compilation.IsSymbolAccessibleWithin(constructor, context.Compilation.Assembly))
            {
                return true;
            }
        }

        return false;
    }

    private void Refuse(string why, string next) => context.Report(ProblemKind.SyncResolver, context.Entity, attribute, why, next);
}
