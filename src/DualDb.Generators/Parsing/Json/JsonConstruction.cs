using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>How an instance is made from the values of its members.</summary>
/// <param name="constructor">The constructor.</param>
/// <param name="facts">The same as facts; ordinals are places among the members.</param>
internal sealed class JsonConstruction(IMethodSymbol constructor, ConstructionSpec facts)
{
    public IMethodSymbol Constructor { get; } = constructor;

    public ConstructionSpec Facts { get; } = facts;

    /// <summary>The constructor that <c>[JsonConstructor]</c> names, else the first of those that leave no member without a value; null where there is none.</summary>
    public static JsonConstruction? Choose(INamedTypeSymbol type, List<JsonMember> members, INamedTypeSymbol within, Compilation compilation)
    {
        foreach (var constructor in Candidates(type, within, compilation))
        {
            if (TryUse(constructor, members) is { } facts)
            {
                return new JsonConstruction(constructor, facts);
            }
        }

        return null;
    }

    /// <summary>The parameter that takes a member; null where none does.</summary>
    public IParameterSymbol? ParameterOf(JsonMember member)
    {
        foreach (var parameter in Constructor.Parameters)
        {
            if (ConstructorChooser.Matches(parameter, member.Property))
            {
                return parameter;
            }
        }

        return null;
    }

    private static List<IMethodSymbol> Candidates(INamedTypeSymbol type, INamedTypeSymbol within, Compilation compilation)
    {
        var candidates = new List<IMethodSymbol>();
        foreach (var constructor in type.InstanceConstructors)
        {
            if (compilation.IsSymbolAccessibleWithin(constructor, within, type) && !ConstructorChooser.IsCopyConstructor(constructor))
            {
                if (JsonAnnotations.IsChosen(constructor))
                {
                    return [constructor];
                }

                candidates.Add(constructor);
            }
        }

        // List.Sort is not stable, so declaration order is part of the comparison.
        var declared = new List<IMethodSymbol>(candidates);
        candidates.Sort((left, right) =>
        {
            var byRank = Rank(left).CompareTo(Rank(right));
            return byRank != 0 ? byRank : declared.IndexOf(left).CompareTo(declared.IndexOf(right));
        });
        return candidates;
    }

    // The primary one says what the type consists of. A struct always has one without parameters, which says nothing.
    private static int Rank(IMethodSymbol constructor)
        => IsPrimary(constructor) ? int.MinValue
            : !constructor.Parameters.IsEmpty ? -constructor.Parameters.Length
            : constructor.ContainingType.IsValueType ? int.MaxValue
            : int.MinValue + 1;

    private static bool IsPrimary(IMethodSymbol constructor)
        => !constructor.DeclaringSyntaxReferences.IsEmpty && constructor.DeclaringSyntaxReferences[0].GetSyntax() is TypeDeclarationSyntax;

    private static ConstructionSpec? TryUse(IMethodSymbol constructor, List<JsonMember> members)
    {
        var given = new bool[members.Count];
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in constructor.Parameters)
        {
            var ordinal = members.FindIndex(member => ConstructorChooser.Matches(parameter, member.Property));
            if (ordinal >= 0)
            {
                given[ordinal] = true;
                arguments.Add(new ArgumentSpec(parameter.Name, ordinal));
            }
            else if (!parameter.IsOptional)
            {
                return null;
            }
        }

        var setsRequired = ConstructorChooser.SetsRequiredMembers(constructor);
        var initialized = new List<int>();
        for (var ordinal = 0; ordinal < members.Count; ordinal++)
        {
            var member = members[ordinal];
            if (given[ordinal] && (setsRequired || !member.Property.IsRequired))
            {
                continue;
            }

            if (!member.IsSettable)
            {
                return null;
            }

            initialized.Add(ordinal);
        }

        return new ConstructionSpec(arguments.ToEquatableArray(), initialized.ToEquatableArray(), NeedsPrivateAccess: false);
    }
}
