using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a class that carries <c>[DualDatabase]</c>.</summary>
internal static class RootParser
{
    public const string DefaultName = "DualDatabase";

    public static RootSpec Parse(INamedTypeSymbol type, Action<Problem>? sink)
    {
        var level = EmissionLevel.Full;
        void Refuse(ProblemKind kind, params string[] arguments)
        {
            var all = new string[arguments.Length + 1];
            all[0] = type.Name;
            arguments.CopyTo(all, 1);
            level = DeclarationRules.Lower(level, kind == ProblemKind.RootShape ? EmissionLevel.Nothing : EmissionLevel.Skeleton);
            sink?.Invoke(new Problem(kind, type, null, all));
        }

        if (ShapeFault(type) is { } fault)
        {
            Refuse(ProblemKind.RootShape, fault);
        }

        if (!DeclarationRules.IsPartial(type))
        {
            Refuse(ProblemKind.RootNotPartial);
        }

        if (HasConstructorOfItsOwn(type))
        {
            Refuse(ProblemKind.RootConstructor);
        }

        if (DeclarationRules.FindRival(type, "I" + type.Name, TypeKind.Interface) is { } contract)
        {
            level = EmissionLevel.Nothing;
            sink?.Invoke(new Problem(ProblemKind.GeneratedNameTaken, contract, null, type.Name, contract.Name));
        }

        foreach (var member in type.GetMembers())
        {
            if (RootMembers.Collides(member) && !IsGenerated(member))
            {
                level = DeclarationRules.Lower(level, EmissionLevel.Skeleton);
                sink?.Invoke(new Problem(ProblemKind.RootMemberReserved, member, null, type.Name, member.Name == ".ctor" ? type.Name : member.Name));
            }
        }

        return new RootSpec(level, TypeNames.Describe(type), MemberNames(type), IsDeclared: true);
    }

    /// <summary>The root of a project that declares entities and no root.</summary>
    public static RootSpec Default(string? rootNamespace) => new(
        EmissionLevel.Full,
        new TypeSpec
        {
            Name = DefaultName,
            FullName = rootNamespace is null ? "global::" + DefaultName : "global::" + rootNamespace + "." + DefaultName,
            Namespace = rootNamespace,
            ContainingTypes = default,
            Keyword = "class",
            Accessibility = "public",
            IsPublic = true,
        },
        MemberNames: default,
        IsDeclared: false);

    private static string? ShapeFault(INamedTypeSymbol type)
        => type.TypeParameters.Length > 0 ? "generic"
            : type.IsStatic ? "static"
            : type.IsAbstract ? "abstract"
            : type.IsRecord ? "a record"
            : type.ContainingType is not null ? "nested in another type"
            : type.IsFileLocal ? "file-local"
            : EntityHeader.Of(type) is not null ? "an entity"
            : null;

    // The generated constructor could satisfy neither a primary one nor a base class that asks for arguments.
    private static bool HasConstructorOfItsOwn(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is ClassDeclarationSyntax { ParameterList: not null })
            {
                return true;
            }
        }

        foreach (var constructor in type.BaseType?.InstanceConstructors ?? [])
        {
            if (constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: not Accessibility.Private })
            {
                return false;
            }
        }

        return type.BaseType is { TypeKind: not TypeKind.Error };
    }

    private static EquatableArray<string> MemberNames(INamedTypeSymbol type)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in type.GetMembers())
        {
            // The analyzer sees the generated members too.
            if (!member.IsImplicitlyDeclared && member.CanBeReferencedByName && !IsGenerated(member))
            {
                names.Add(member.Name);
            }
        }

        return new List<string>(names).ToEquatableArray();
    }

    public static bool IsGenerated(ISymbol member)
    {
        foreach (var location in member.Locations)
        {
            if (location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != true)
            {
                return false;
            }
        }

        return true;
    }
}
