using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which names the repositories of a root can have.</summary>
internal static class SetRules
{
    private static readonly HashSet<string> RootMembers = new(StringComparer.Ordinal)
    {
        "Neon", "Supabase", "Cache", "BeginNeonAsync", "BeginSupabaseAsync", "BeginBatching", "AsUser", "CreateTablesAsync", "Create", "Dispose", "DisposeAsync",
    };

    private static readonly HashSet<string> ObjectMembers = new(StringComparer.Ordinal)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>What every root uses a name for; null where it is free.</summary>
    public static string? ReservedFor(string set)
        => RootMembers.Contains(set) ? "a member of every root" : ObjectMembers.Contains(set) ? "a member of object" : null;

    /// <summary>Whether a property can have the name on any root.</summary>
    public static bool IsUsable(string set) => NameRules.CanBeSet(set) && ReservedFor(set) is null;

    /// <summary>What one root uses a name for besides; null where it is free.</summary>
    public static string? TakenBy(RootSpec root, string set)
    {
        if (set == root.Type.Name)
        {
            return "its own name";
        }

        if (root.Extras is { HasEvents: true } && set == EventNames.RootProperty)
        {
            return "the events of the project";
        }

        if (root.Extras is { HasSagas: true } && set == SagaNames.RootProperty)
        {
            return "the sagas of the project";
        }

        if (root.Extras is { HasSync: true } && set == SyncNames.RootProperty)
        {
            return "the synchronisation of the project";
        }

        foreach (var member in root.MemberNames)
        {
            if (member == set)
            {
                return "a member of its own";
            }
        }

        return null;
    }

    /// <summary>
    /// The sets in the order of their names, each name once: this project's entity goes before a referenced one, then the full name decides.
    /// </summary>
    /// <param name="own">The entities of this project.</param>
    /// <param name="referenced">The entities of referenced projects.</param>
    /// <param name="onDuplicate">Is told of each set that is left out, and of the one that holds its name.</param>
    public static List<SetSpec> Distinct(IReadOnlyList<SetSpec> own, IReadOnlyList<SetSpec> referenced, Action<SetSpec, SetSpec>? onDuplicate)
    {
        var sets = new List<SetSpec>();
        var holders = new Dictionary<string, SetSpec>(StringComparer.Ordinal);
        foreach (var set in Concat(Sorted(own), Sorted(referenced)))
        {
            if (holders.TryGetValue(set.Name, out var holder))
            {
                onDuplicate?.Invoke(set, holder);
            }
            else
            {
                holders.Add(set.Name, set);
                sets.Add(set);
            }
        }

        sets.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return sets;
    }

    private static List<SetSpec> Sorted(IReadOnlyList<SetSpec> sets)
    {
        var sorted = new List<SetSpec>(sets);
        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Entity, right.Entity));
        return sorted;
    }

    private static List<SetSpec> Concat(List<SetSpec> first, List<SetSpec> second)
    {
        first.AddRange(second);
        return first;
    }
}
