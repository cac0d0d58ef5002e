using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>How an instance of a view is made from its members.</summary>
internal static class ViewConstruction
{
    /// <summary>The constructor and the initializer; null, and reported, where there is no such way.</summary>
    public static ConstructionSpec? Choose(ParseContext context, List<ViewMember> members)
    {
        var mapped = new List<MappedMember>();
        foreach (var member in members)
        {
            var setter = MemberCollector.AccessTo(context, member.Property, MemberCollector.FindSetter(member.Property));
            mapped.Add(new MappedMember(member.Property, MemberAnnotations.Of(member.Property), MemberAccess.Project, setter));
        }

        var silent = new ParseContext(context.Entity, context.Compilation, sink: null, context.CancellationToken);
        var construction = ConstructorChooser.Choose(silent, mapped);
        if (construction is null or { NeedsPrivateAccess: true })
        {
            if (!context.HasFaults)
            {
                context.Report(ProblemKind.ViewConstructor, context.Entity, null);
            }

            return null;
        }

        return construction;
    }
}
