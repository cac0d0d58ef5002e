using System.Collections.Generic;
using System.Globalization;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the attributes on a member of a view say, and which of them it cannot have.</summary>
internal sealed class ViewMemberRules
{
    private readonly ParseContext _context;
    private readonly ViewMember _member;

    private ViewMemberRules(ParseContext context, ViewMember member)
    {
        _context = context;
        _member = member;
        Take = ReadTake();
        Order = ReadOrder();
        Missing = ReadMissing();
        IsSpared = ReadFailure();
    }

    /// <summary>The most rows per parent; null for all.</summary>
    public int? Take { get; }

    public EquatableArray<ViewOrderSpec> Order { get; }

    public MissingKind Missing { get; }

    /// <summary>Whether it is left empty where its database fails.</summary>
    public bool IsSpared { get; }

    public static ViewMemberRules Of(ParseContext context, ViewMember member) => new(context, member);

    /// <summary>The root is found by the view's key, and without it there is no view.</summary>
    public static void CheckRoot(ParseContext context, ViewMember root)
    {
        var annotations = root.Annotations;
        foreach (var attribute in new List<AttributeData?>(annotations.Orders) { annotations.Via, annotations.Take, annotations.OnMissing, annotations.OnFailure })
        {
            if (attribute is not null)
            {
                Refuse(context, root, attribute, "it is the root, whose key finds the view", "Remove the annotation");
            }
        }
    }

    /// <summary>The names of the members that tell of failures are the generator's.</summary>
    public static void CheckReserved(ParseContext context)
    {
        foreach (var member in context.Entity.GetMembers())
        {
            // Of a referenced project, they are the generated ones.
            if (member.Name is "IsPartial" or "Failures" && member.DeclaringSyntaxReferences.Length > 0 && !RootParser.IsGenerated(member))
            {
                context.Report(ProblemKind.ViewMemberReserved, member, null, member.Name);
            }
        }
    }

    /// <summary>Rows that are asked for by their keys come in the order of those that refer to them, and all of them.</summary>
    public static void CheckLink(ParseContext context, ViewMember member, ViewPath way)
    {
        if (!member.IsList || way.Link == ViewLink.Referring)
        {
            return;
        }

        foreach (var attribute in new List<AttributeData?>(member.Annotations.Orders) { member.Annotations.Take })
        {
            if (attribute is not null)
            {
                Refuse(
                    context,
                    member,
                    attribute,
                    "its rows are found by their keys, through " + way.Display + ", and come in the order of the rows that lead to them",
                    "Remove the annotation, and compute the list you need from this one");
            }
        }
    }

    /// <summary>What is found through a member that was left empty is not found either, and must not pass for missing.</summary>
    /// <param name="context">Is told of the problem.</param>
    /// <param name="member">The member.</param>
    /// <param name="spared">The member on its path that is left empty where its database fails.</param>
    public static void CheckBehindSpared(ParseContext context, ViewMember member, ViewMember spared)
    {
        if (member is { IsNullable: false, IsList: false })
        {
            Refuse(
                context,
                spared,
                spared.Annotations.OnFailure!,
                "'" + member.Name + "' is found through it and accepts no null",
                "Declare '" + member.Name + "' nullable, or let the call fail");
        }
    }

    private int? ReadTake()
    {
        if (_member.Annotations.Take is not { } take || Annotations.FirstNumber(take) is not { } count || !RequireList(take))
        {
            return null;
        }

        if (count < 1)
        {
            Refuse(_context, _member, take, "it would take " + count.ToString(CultureInfo.InvariantCulture) + " rows", "Take 1 or more");
        }

        return count;
    }

    private EquatableArray<ViewOrderSpec> ReadOrder()
    {
        var orders = new List<ViewOrderSpec>();
        foreach (var attribute in _member.Annotations.Orders)
        {
            if (Annotations.FirstText(attribute) is not { } name || !RequireList(attribute))
            {
                continue;
            }

            if (_member.Entity.Column(name) is { IsCollection: false } column)
            {
                orders.Add(new ViewOrderSpec(column.Name, Annotations.Named(attribute, "Descending") is true));
            }
            else
            {
                _context.Report(ProblemKind.OrderByUnknown, _member.Property, attribute, _member.Name, _member.Entity.Type.Name, name);
            }
        }

        return orders.ToEquatableArray();
    }

    private MissingKind ReadMissing()
    {
        var kind = _member.IsNullable || _member.IsList ? MissingKind.Null : MissingKind.Throw;
        if (_member.Annotations.OnMissing is not { } attribute || Annotations.FirstNumber(attribute) is not { } value)
        {
            return kind;
        }

        if (_member.IsList)
        {
            Refuse(_context, _member, attribute, "a list is never missing, only empty", "Remove the annotation");
            return kind;
        }

        if ((MissingKind)value == MissingKind.Null && !_member.IsNullable)
        {
            Refuse(_context, _member, attribute, "it accepts no null", "Declare it nullable, or skip the view");
            return kind;
        }

        return (MissingKind)value;
    }

    private bool ReadFailure()
    {
        if (_member.Annotations.OnFailure is not { } attribute || Annotations.FirstNumber(attribute) != 1)
        {
            return false;
        }

        if (_member is { IsNullable: false, IsList: false })
        {
            Refuse(_context, _member, attribute, "it accepts no null", "Declare it nullable, or let the call fail");
            return false;
        }

        return true;
    }

    private bool RequireList(AttributeData attribute)
    {
        if (_member.IsList)
        {
            return true;
        }

        Refuse(_context, _member, attribute, "it is no list", "Remove the annotation, or declare a list");
        return false;
    }

    private static void Refuse(ParseContext context, ViewMember member, AttributeData attribute, string why, string advice)
    {
        var name = attribute.AttributeClass!.Name;
        context.Report(ProblemKind.ViewAnnotationRefused, member.Property, attribute, member.Name, name.Substring(0, name.Length - "Attribute".Length), why, advice);
    }
}
