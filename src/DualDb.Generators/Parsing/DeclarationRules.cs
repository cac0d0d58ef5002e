using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>What the declaration of an entity or a view must be like, and how much can be generated beside it if it is not.</summary>
internal static class DeclarationRules
{
    public static EmissionLevel Check(ParseContext context, GeneratedNames names)
    {
        var level = EmissionLevel.Full;
        var entity = context.Entity;
        if (entity.IsStatic)
        {
            context.Report(ProblemKind.StaticType, entity, null);
            level = EmissionLevel.Nothing;
        }
        else if (entity.IsAbstract)
        {
            context.Report(ProblemKind.AbstractType, entity, null);
            level = EmissionLevel.Skeleton;
        }

        for (var type = entity; type is not null; type = type.ContainingType)
        {
            if (type.TypeParameters.Length > 0)
            {
                context.Report(ProblemKind.GenericType, type, null, type.Name);
                level = EmissionLevel.Nothing;
            }

            if (HiddenBy(type) is { } modifier)
            {
                context.Report(ProblemKind.InaccessibleType, type, null, modifier, type.Name);
                level = EmissionLevel.Nothing;
            }

            if (!IsPartial(type))
            {
                // The entity itself can do without its generated part, but nothing can be nested in a type that is not partial.
                context.Report(ProblemKind.NotPartial, type, null, type.Name);
                level = SymbolEqualityComparer.Default.Equals(type, entity) && level == EmissionLevel.Full ? EmissionLevel.Skeleton : EmissionLevel.Nothing;
            }
        }

        return Lower(level, CheckGeneratedNames(context, names));
    }

    public static EmissionLevel Lower(EmissionLevel left, EmissionLevel right) => left < right ? left : right;

    /// <summary>Whether any part of a type's declaration says <c>partial</c>.</summary>
    public static bool IsPartial(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The modifier that keeps other files of the project from naming a type; null where there is none.</summary>
    public static string? HiddenBy(INamedTypeSymbol type) => type switch
    {
        { IsFileLocal: true } => "file",
        { DeclaredAccessibility: Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal }
            => SyntaxFacts.GetText(type.DeclaredAccessibility),
        _ => null,
    };

    /// <summary>How a type is hidden from other files of the project, as what is said of it; null where it is not.</summary>
    public static string? HiddenAs(INamedTypeSymbol type) => HiddenBy(type) is { } modifier ? (modifier == "file" ? "file-local" : modifier) : null;

    // Something of the user's own in the place of a generated type would show as errors inside generated code.
    private static EmissionLevel CheckGeneratedNames(ParseContext context, GeneratedNames names)
    {
        var level = EmissionLevel.Full;
        var taken = new List<ISymbol?> { FindRival(context.Entity, names.Class, TypeKind.Class) };
        foreach (var name in names.Others)
        {
            taken.Add(FindOwn(context.Entity, name));
        }

        foreach (var symbol in taken)
        {
            if (symbol is not null)
            {
                context.Report(ProblemKind.GeneratedNameTaken, symbol, null, symbol.Name);
                level = EmissionLevel.Skeleton;
            }
        }

        if (FindRival(context.Entity, names.Interface, TypeKind.Interface) is { } contract)
        {
            context.Report(ProblemKind.GeneratedNameTaken, contract, null, contract.Name);
            level = EmissionLevel.Nothing;
        }

        return level;
    }

    /// <summary>What of the user's own keeps a type from being generated that may be extended: anything but a part of that very type.</summary>
    public static ISymbol? FindRival(INamedTypeSymbol type, string name, TypeKind kind)
        => FindOwn(type, name) is { } own && !(own is INamedTypeSymbol part && part.TypeKind == kind && IsPartial(part)) ? own : null;

    /// <summary>What of the user's own has that name beside a type; null where there is nothing, or only the generated type.</summary>
    private static ISymbol? FindOwn(INamedTypeSymbol type, string name)
    {
        INamespaceOrTypeSymbol container = type.ContainingType is { } outer ? outer : type.ContainingNamespace;
        foreach (var member in container.GetMembers(name))
        {
            // The analyzer sees generated types too, and types of other arities have names of their own.
            if (member is not INamedTypeSymbol { Arity: > 0 } && !(member is INamedTypeSymbol named && IsGenerated(named)))
            {
                return member;
            }
        }

        return null;
    }

    private static bool IsGenerated(INamedTypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, "System.CodeDom.Compiler", "GeneratedCodeAttribute")
                && Annotations.FirstText(attribute) == GeneratorInfo.Name)
            {
                return true;
            }
        }

        return false;
    }
}
