using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which roots a project gets, and which repositories each of them holds.</summary>
internal static class RootPlan
{
    /// <summary>A file set per declared root; where none is declared, one for the default root if the project has entities of its own.</summary>
    public static EquatableArray<RootFilesSpec> Of(IReadOnlyList<RootSpec> declared, SetsSpec sets, ProjectSpec project, RootExtrasSpec extras)
    {
        var roots = new List<RootFilesSpec>();
        var all = SetRules.Distinct(sets.Own, sets.References.Sets, onDuplicate: null);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in Candidates(declared, sets, project))
        {
            var root = candidate with { Extras = extras };
            var level = DeclarationRules.Lower(root.Level, project.Level);
            if (level == EmissionLevel.Nothing)
            {
                continue;
            }

            var own = all.FindAll(set => SetRules.TakenBy(root, set.Name) is null).ToEquatableArray();
            var registration = RegistrationOf(root, sets);
            var isRegistered = level == EmissionLevel.Full && names.Add(registration);
            roots.Add(new RootFilesSpec(root with { Level = level }, own, isRegistered ? registration : null));
        }

        return roots.ToEquatableArray();
    }

    // Beside the default root of a referenced project, AddDualDatabase would be ambiguous: App.Web gets AddAppWebDualDatabase.
    private static string RegistrationOf(RootSpec root, SetsSpec sets)
        => !root.IsDeclared && sets.References.HaveDefaultRoot
            ? (root.Type.Namespace ?? "").Replace(".", "").Replace("@", "") + root.Type.Name
            : root.Type.Name;

    private static List<RootSpec> Candidates(IReadOnlyList<RootSpec> declared, SetsSpec sets, ProjectSpec project)
    {
        var roots = new List<RootSpec>(declared);
        roots.Sort(static (left, right) => string.CompareOrdinal(left.Type.FullName, right.Type.FullName));
        if (roots.Count == 0 && sets.Own.Count > 0)
        {
            roots.Add(RootParser.Default(project.RootNamespace));
        }

        return roots;
    }
}
