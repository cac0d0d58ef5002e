using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What <c>[UnifiedView]</c> says.</summary>
internal static class ViewHeader
{
    /// <summary>The name of the reader on a root.</summary>
    public static string SetOf(INamedTypeSymbol type)
        => Annotations.Named(Annotations.Find(type, "UnifiedViewAttribute"), "Set") as string ?? Naming.Set(type.Name);

    /// <summary>The name of the reader on a root, reported where it cannot be one.</summary>
    public static string Check(ParseContext context)
    {
        var set = SetOf(context.Entity);
        var attribute = Annotations.Find(context.Entity, "UnifiedViewAttribute")!;
        NameRules.CheckSet(context, attribute, set);
        if (SetRules.ReservedFor(set) is { } use)
        {
            context.Report(ProblemKind.SetNameReserved, context.Entity, attribute, set, use);
        }

        return set;
    }

    /// <summary>What a view is besides, which it cannot be: both would be generated into the same file.</summary>
    public static string? OtherRole(INamedTypeSymbol type)
        => EntityHeader.Of(type) is not null ? "an entity" : Annotations.Find(type, "DualDatabaseAttribute") is not null ? "a root" : null;
}
