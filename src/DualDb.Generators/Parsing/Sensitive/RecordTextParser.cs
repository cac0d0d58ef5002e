using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>Reads how a record with something sensitive is to be printed: the members that the compiler would print, those that are sensitive masked.</summary>
internal static class RecordTextParser
{
    /// <summary>Whether anything of a record looks as if it was marked, by its syntax alone.</summary>
    public static bool MayBeSensitive(RecordDeclarationSyntax record)
    {
        if (Marks(record.AttributeLists))
        {
            return true;
        }

        foreach (var parameter in record.ParameterList?.Parameters ?? [])
        {
            if (Marks(parameter.AttributeLists))
            {
                return true;
            }
        }

        foreach (var member in record.Members)
        {
            if (member is PropertyDeclarationSyntax && Marks(member.AttributeLists))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The record that an annotated symbol makes sensitive: itself, or the one that declares it. Null where it is none.</summary>
    public static INamedTypeSymbol? RecordOf(ISymbol annotated)
    {
        var type = annotated switch
        {
            INamedTypeSymbol self => self,
            IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } => constructor.ContainingType,
            IPropertySymbol property => property.ContainingType,
            _ => null,
        };
        return type is { IsRecord: true } ? type : null;
    }

    /// <summary>The facts of a record; null where it prints itself, or where nothing can be added to it.</summary>
    public static RecordTextSpec? Parse(INamedTypeSymbol type)
    {
        if (PrintsItself(type) || !CanBeExtended(type))
        {
            return null;
        }

        var isWhole = Sensitivity.Of(type);
        var members = new List<PrintedMemberSpec>();
        foreach (var member in type.GetMembers())
        {
            if (IsPrinted(member))
            {
                members.Add(new PrintedMemberSpec(member.Name, isWhole || IsMasked(member)));
            }
        }

        // An attribute of the same name may be another library's.
        return !members.Exists(static member => member.IsMasked) ? null : new RecordTextSpec(TypeNames.Describe(type), SignatureOf(type), HasBase(type), members.ToEquatableArray());
    }

    /// <summary>Whether a record's text is the user's own matter.</summary>
    public static bool PrintsItself(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { IsImplicitlyDeclared: false, Name: "PrintMembers" or "ToString", IsStatic: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a part can be added: it and all around it is partial, and nothing is generic.</summary>
    public static bool CanBeExtended(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsGenericType || current.IsFileLocal || !DeclarationRules.IsPartial(current))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrinted(ISymbol member) => member switch
    {
        IPropertySymbol property => property is { IsStatic: false, IsIndexer: false, IsOverride: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null }
            && property.ExplicitInterfaceImplementations.IsEmpty
            && !MemberAnnotations.Of(property).CannotBeNamed,
        IFieldSymbol field => field is { IsStatic: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Public },
        _ => false,
    };

    private static bool IsMasked(ISymbol member)
        => member is IPropertySymbol property && (MemberAnnotations.Of(property).Sensitive is not null || Sensitivity.Of(ColumnParser.Unwrap(property.Type).Type));

    private static bool Marks(SyntaxList<AttributeListSyntax> lists)
    {
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (attribute.Name.ToString() is var name && (name.EndsWith("Sensitive", StringComparison.Ordinal) || name.EndsWith("SensitiveAttribute", StringComparison.Ordinal)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasBase(INamedTypeSymbol type) => type.BaseType is { IsRecord: true };

    // The compiler asks for exactly these.
    private static string SignatureOf(INamedTypeSymbol type)
        => type.IsValueType ? "private readonly bool"
            : HasBase(type) ? "protected override bool"
            : type.IsSealed ? "private bool" : "protected virtual bool";
}
