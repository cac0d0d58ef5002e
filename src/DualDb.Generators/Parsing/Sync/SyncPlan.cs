using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>What a root synchronises.</summary>
internal static class SyncPlan
{
    /// <summary>What a root gets; null where there is nothing to get, or the root uses the name of the property for something else.</summary>
    public static RootSyncSpec? Of(RootFilesSpec files, IReadOnlyList<SyncMapSpec> maps, EquatableArray<SyncReferenceSpec> references)
    {
        if (maps.Count == 0 || Uses(files.Root, SyncNames.RootProperty))
        {
            return null;
        }

        var field = "_sync";
        while (Uses(files.Root, field))
        {
            field = "_" + field;
        }

        return new RootSyncSpec(files.Root.Type, files.Root.Level, field, files.Registration, maps.ToDistinct(), references);
    }

    // Of two maps of one name, which are reported, one is kept: what is generated has to compile.
    private static EquatableArray<SyncMapSpec> ToDistinct(this IReadOnlyList<SyncMapSpec> maps)
    {
        var sorted = new List<SyncMapSpec>(maps);
        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is var order && order != 0 ? order : string.CompareOrdinal(left.Declaration, right.Declaration));
        var names = new HashSet<string>(StringComparer.Ordinal);
        return sorted.FindAll(map => names.Add(map.Name)).ToEquatableArray();
    }

    private static bool Uses(RootSpec root, string name)
    {
        foreach (var member in root.MemberNames)
        {
            if (member == name)
            {
                return true;
            }
        }

        return false;
    }
}
