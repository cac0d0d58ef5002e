using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>How an instance is made from its column values.</summary>
internal static class ConstructorChooser
{
    /// <summary>
    /// Takes the constructor without parameters where every member can be set, else the one with the most parameters that leaves no
    /// member without a value. Null, and a report, where there is none.
    /// </summary>
    public static ConstructionSpec? Choose(ParseContext context, List<MappedMember> members)
    {
        if (!AllRequiredMembersAreMapped(context, members))
        {
            return null;
        }

        var candidates = Candidates(context.Entity);
        foreach (var constructor in candidates)
        {
            if (TryUse(constructor, members) is { } construction)
            {
                return construction;
            }
        }

        Explain(context, members, candidates);
        return null;
    }

    /// <summary>Whether a parameter takes the value of a property: the same type, and the same name whatever its case.</summary>
    public static bool Matches(IParameterSymbol parameter, IPropertySymbol property)
        => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)
            && parameter.RefKind is RefKind.None or RefKind.In
            && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type);

    // Without parameters first, then by falling number of parameters; between equals the more accessible one, then the first declared.
    private static List<IMethodSymbol> Candidates(INamedTypeSymbol entity)
    {
        var candidates = new List<IMethodSymbol>();
        foreach (var constructor in entity.InstanceConstructors)
        {
            if (!IsCopyConstructor(constructor))
            {
                candidates.Add(constructor);
            }
        }

        // List.Sort is not stable, so declaration order is part of the comparison.
        var declared = new List<IMethodSymbol>(candidates);
        candidates.Sort((left, right) =>
        {
            var byCount = Rank(left).CompareTo(Rank(right));
            var byAccess = byCount != 0 ? byCount : IsOpen(right).CompareTo(IsOpen(left));
            return byAccess != 0 ? byAccess : declared.IndexOf(left).CompareTo(declared.IndexOf(right));
        });
        return candidates;
    }

    private static int Rank(IMethodSymbol constructor) => constructor.Parameters.IsEmpty ? int.MinValue : -constructor.Parameters.Length;

    internal static bool IsCopyConstructor(IMethodSymbol constructor)
        => constructor.Parameters.Length == 1
            && constructor.ContainingType.IsRecord
            && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    private static bool IsOpen(IMethodSymbol constructor)
        => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static ConstructionSpec? TryUse(IMethodSymbol constructor, List<MappedMember> members)
    {
        var given = new bool[members.Count];
        var arguments = new List<ArgumentSpec>();
        foreach (var parameter in constructor.Parameters)
        {
            var ordinal = members.FindIndex(member => Matches(parameter, member.Property));
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

        var setsRequired = SetsRequiredMembers(constructor);
        var needsPrivateAccess = !IsOpen(constructor);
        var initialized = new List<int>();
        for (var ordinal = 0; ordinal < members.Count; ordinal++)
        {
            var member = members[ordinal];

            // A required member must be named in the initializer even when the constructor has set it.
            if (given[ordinal] && (setsRequired || !member.Property.IsRequired))
            {
                continue;
            }

            if (member.Setter == MemberAccess.None)
            {
                return null;
            }

            needsPrivateAccess |= member.Setter == MemberAccess.Private;
            initialized.Add(ordinal);
        }

        return new ConstructionSpec(arguments.ToEquatableArray(), initialized.ToEquatableArray(), needsPrivateAccess);
    }

    internal static bool SetsRequiredMembers(IMethodSymbol constructor)
    {
        foreach (var attribute in constructor.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, "System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllRequiredMembersAreMapped(ParseContext context, List<MappedMember> members)
    {
        var everySetsRequired = true;
        foreach (var constructor in context.Entity.InstanceConstructors)
        {
            everySetsRequired &= IsCopyConstructor(constructor) || SetsRequiredMembers(constructor);
        }

        for (var type = context.Entity; type is not null && !everySetsRequired; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
                    && !members.Exists(mapped => mapped.Name == member.Name))
                {
                    context.Report(ProblemKind.RequiredMemberNotMapped, member, null, member.Name);
                    return false;
                }
            }
        }

        return true;
    }

    private static void Explain(ParseContext context, List<MappedMember> members, List<IMethodSymbol> candidates)
    {
        var named = false;
        foreach (var member in members)
        {
            if (member.Setter == MemberAccess.None
                && !candidates.Exists(constructor => HasParameterFor(constructor, member)))
            {
                named = true;
                context.Report(ProblemKind.MemberCannotBeSet, member.Property, null, member.Name);
            }
        }

        if (!named)
        {
            var why = "no constructor takes only values of mapped members, each parameter named and typed like its member";
            context.Report(ProblemKind.NoUsableConstructor, context.Entity, null, why);
        }
    }

    private static bool HasParameterFor(IMethodSymbol constructor, MappedMember member)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (Matches(parameter, member.Property))
            {
                return true;
            }
        }

        return false;
    }
}
