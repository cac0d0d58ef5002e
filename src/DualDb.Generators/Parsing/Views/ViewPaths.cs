using System.Collections.Generic;

namespace DualDb.Generators.Parsing;

/// <summary>Finds the path to each member of a view: from the root where there is one, else from members nearer to it.</summary>
internal sealed class ViewPaths
{
    private readonly ParseContext _context;
    private readonly ViewMember _root;
    private readonly List<ViewMember> _open;
    private readonly List<ViewMember> _members;
    private readonly List<(ViewMember Member, ViewPath Path)> _found = [];

    private ViewPaths(ParseContext context, List<ViewMember> members, ViewMember root)
    {
        _context = context;
        _root = root;
        _members = members;
        _open = members.FindAll(member => member != root);
    }

    /// <summary>The members but the root, each behind the one that its path starts from. A member without a path is reported, and left out.</summary>
    public static List<(ViewMember Member, ViewPath Path)> Find(ParseContext context, List<ViewMember> members, ViewMember root)
    {
        var paths = new ViewPaths(context, members, root);
        var reached = new List<ViewMember> { root };
        while (reached.Count > 0)
        {
            reached = paths.ReachFrom(reached);
        }

        paths._open.ForEach(paths.ReportMissing);
        return paths._found;
    }

    // One step further from the root. Members that were reached in the same step are equally near.
    private List<ViewMember> ReachFrom(List<ViewMember> near)
    {
        var reached = new List<ViewMember>();
        foreach (var member in new List<ViewMember>(_open))
        {
            var paths = PathsTo(member, near).FindAll(path => path.Fits && Goes(path, member));
            if (paths.Count == 0)
            {
                continue;
            }

            _open.Remove(member);
            if (paths.Count > 1)
            {
                _context.Report(ProblemKind.ViewPathAmbiguous, member.Property, member.Annotations.Via, member.Name, Join(paths));
                continue;
            }

            _found.Add((member, paths[0]));
            reached.Add(member);
        }

        return reached;
    }

    private static List<ViewPath> PathsTo(ViewMember member, List<ViewMember> near)
    {
        var paths = new List<ViewPath>();
        foreach (var from in near)
        {
            foreach (var reference in from.Entity.References)
            {
                if (ViewPath.Leads(reference, member.Entity))
                {
                    paths.Add(new ViewPath(from, member, from.Entity, reference, isForward: true));
                }
            }

            foreach (var reference in member.Entity.References)
            {
                if (ViewPath.Leads(reference, from.Entity))
                {
                    paths.Add(new ViewPath(from, member, member.Entity, reference, isForward: false));
                }
            }
        }

        return paths;
    }

    private static bool Goes(ViewPath path, ViewMember member)
        => path.Goes(Annotations.FirstText(member.Annotations.Via), Annotations.Named(member.Annotations.Via, "From") as string);

    private void ReportMissing(ViewMember member)
    {
        var others = _members.FindAll(other => other != member);
        var paths = PathsTo(member, others);
        var going = paths.FindAll(path => Goes(path, member));
        if (going.Exists(static path => path.Fits))
        {
            // A path from a member that has none itself: that one is reported.
            _context.MarkFaulty();
        }
        else if (going.Count > 0)
        {
            var (leads, advice) = member.IsList
                ? ("one row at most", "Declare it as '" + member.Element.Name + "?'")
                : ("any number of rows", "Declare it as 'IReadOnlyList<" + member.Element.Name + ">', or mark the reference [Unique]");
            _context.Report(ProblemKind.ViewPathCardinality, member.Property, member.Annotations.Via, member.Name, Join(going), leads, advice);
        }
        else if (paths.Count > 0)
        {
            _context.Report(ProblemKind.ViaUnknown, member.Property, member.Annotations.Via, member.Name, Annotations.FirstText(member.Annotations.Via) ?? "", Join(paths));
        }
        else
        {
            _context.Report(ProblemKind.ViewPathMissing, member.Property, null, member.Name, member.Entity.Type.Name, EntitiesOf(others));
        }
    }

    private static string Join(List<ViewPath> paths)
    {
        var names = new List<string>();
        foreach (var path in paths)
        {
            names.Add(path.Display);
        }

        return string.Join(", ", names);
    }

    private static string EntitiesOf(List<ViewMember> members)
    {
        var names = new List<string>();
        foreach (var member in members)
        {
            if (!names.Contains(member.Entity.Type.Name))
            {
                names.Add(member.Entity.Type.Name);
            }
        }

        return string.Join(", ", names);
    }
}
