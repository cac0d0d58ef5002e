using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Finds the references that cross databases.</summary>
internal static class SyncReferences
{
    /// <summary>Those of a project's entities, in the order of their names.</summary>
    public static EquatableArray<SyncReferenceSpec> Of(IReadOnlyList<JoinsSpec> neon, IReadOnlyList<JoinsSpec> supabase)
    {
        var references = new List<SyncReferenceSpec>();
        foreach (var side in new[] { neon, supabase })
        {
            foreach (var joins in side)
            {
                foreach (var join in joins.Joins)
                {
                    if (join.Target.Database != joins.Set.Database)
                    {
                        references.Add(new SyncReferenceSpec(joins.Set.Map, join.Reference.Member, join.Target.Map) { IsSensitive = join.Reference.IsSensitive });
                    }
                }
            }
        }

        references.Sort(static (left, right) => string.CompareOrdinal(left.Map, right.Map) is var order && order != 0 ? order : string.CompareOrdinal(left.Member, right.Member));
        return references.ToEquatableArray();
    }
}
