using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Parsing;

/// <summary>How types are spelled in generated code, and how well-known types are recognised.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat WithoutAnnotations = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat WithAnnotations = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
        SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>The type with <c>global::</c>, keywords escaped, without an outer <c>?</c> on a reference type.</summary>
    public static string NotNull(ITypeSymbol type)
        => Keyword(type.SpecialType) ?? (type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type).ToDisplayString(WithAnnotations);

    // Most members have one of these types, and each is spelled on every keystroke.
    private static string? Keyword(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Int64 => "long",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_Double => "double",
        SpecialType.System_String => "string",
        _ => null,
    };

    /// <summary>The type with <c>global::</c>, keywords escaped, without any nullable reference annotation.</summary>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(WithoutAnnotations);

    /// <summary>The namespace that holds a type, keywords escaped; null for the global one.</summary>
    public static string? NamespaceOf(INamedTypeSymbol type)
        => type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(NamespaceFormat);

    /// <summary>The name of a type in its declaration, with <c>@</c> where C# needs it; words such as <c>record</c> need it there only.</summary>
    private static string EscapeDeclared(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Whether a type is the one of that name in that namespace, whichever assembly it comes from.</summary>
    public static bool Is(ITypeSymbol? type, string ns, string name)
        => type is not null && type.Name == name && type.ContainingType is null && IsNamespace(type.ContainingNamespace, ns);

    private static bool IsNamespace(INamespaceSymbol? symbol, string ns)
    {
        // Compared from the innermost part outwards, without building a string for each type that is met.
        var end = ns.Length;
        while (symbol is { IsGlobalNamespace: false })
        {
            var start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(ns, start, symbol.Name, 0, symbol.Name.Length) != 0)
            {
                return false;
            }

            symbol = symbol.ContainingNamespace;
            if (start == 0)
            {
                return symbol is { IsGlobalNamespace: true };
            }

            if (ns[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }

    /// <summary>The facts of a type of this project.</summary>
    public static TypeSpec Describe(INamedTypeSymbol type)
    {
        var containing = new List<ContainingTypeSpec>();
        var isPublic = type.DeclaredAccessibility == Accessibility.Public;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            containing.Insert(0, new ContainingTypeSpec(KeywordOf(outer), EscapeDeclared(outer.Name)));
            isPublic &= outer.DeclaredAccessibility == Accessibility.Public;
        }

        return new TypeSpec
        {
            Name = type.Name,
            FullName = Plain(type),
            Namespace = NamespaceOf(type),
            ContainingTypes = containing.ToEquatableArray(),
            Keyword = KeywordOf(type),
            Accessibility = SyntaxFacts.GetText(type.DeclaredAccessibility),
            IsPublic = isPublic,
        };
    }

    private static string KeywordOf(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Interface => "interface",
        _ => type.IsRecord ? "record" : "class",
    };
}
