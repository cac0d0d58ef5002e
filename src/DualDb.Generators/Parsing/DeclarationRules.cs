using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>What an entity's declaration must be like, and how much can be generated beside it if it is not.</summary>
internal static class DeclarationRules
{
    public static EmissionLevel Check(ParseContext context)
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

        return Lower(level, CheckGeneratedNames(context));
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

    // A type of the user's own in the place of a generated one would show as errors inside generated code.
    private static EmissionLevel CheckGeneratedNames(ParseContext context)
    {
        var name = context.Entity.Name;
        var level = EmissionLevel.Full;
        foreach (var taken in new[] { name + "Map", name + "Columns" })
        {
            if (FindOwn(context.Entity, taken) is { } own)
            {
                context.Report(ProblemKind.GeneratedNameTaken, own, null, taken);
                level = EmissionLevel.Skeleton;
            }
        }

        // These two may be declared partial, to add members of one's own.
        if (FindOwn(context.Entity, name + "Repository") is { } repository && !(repository.TypeKind == TypeKind.Class && IsPartial(repository)))
        {
            context.Report(ProblemKind.GeneratedNameTaken, repository, null, repository.Name);
            level = Lower(level, EmissionLevel.Skeleton);
        }

        if (FindOwn(context.Entity, "I" + name + "Repository") is { } contract && !(contract.TypeKind == TypeKind.Interface && IsPartial(contract)))
        {
            context.Report(ProblemKind.GeneratedNameTaken, contract, null, contract.Name);
            level = EmissionLevel.Nothing;
        }

        return level;
    }

    /// <summary>A type of the user's own beside another one; null where there is none, or only the generated one.</summary>
    public static INamedTypeSymbol? FindOwn(INamedTypeSymbol entity, string name)
    {
        INamespaceOrTypeSymbol container = entity.ContainingType is { } outer ? outer : entity.ContainingNamespace;
        foreach (var type in container.GetTypeMembers(name, 0))
        {
            // The analyzer sees generated types too; the namespace may also hold types of referenced assemblies.
            if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, entity.ContainingAssembly) && !IsGenerated(type))
            {
                return type;
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
