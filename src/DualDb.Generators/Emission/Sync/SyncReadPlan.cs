using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Which entities of a project can be read from their copies.</summary>
internal static class SyncReadPlan
{
    /// <summary>One way for each: that of the first of its maps. An entity of a referenced project has got its own there.</summary>
    public static List<SyncReadsSpec> Of(EquatableArray<SyncMapSpec> maps, SetsSpec sets)
    {
        var sorted = new List<SyncMapSpec>(maps);
        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var reads = new List<SyncReadsSpec>();
        var entities = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in sorted)
        {
            foreach (var read in map.Reads)
            {
                if (JoinPlan.FindOwn(sets, read.Type.FullName) is { } set && entities.Add(read.Type.FullName))
                {
                    reads.Add(new SyncReadsSpec(set, read));
                }
            }
        }

        return reads;
    }
}
