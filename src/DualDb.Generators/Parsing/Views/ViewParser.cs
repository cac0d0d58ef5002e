using System;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a unified view: symbols in, plain facts out. Views within it become part of one plan.</summary>
internal sealed class ViewParser
{
    private readonly ParseContext _context;
    private readonly List<ViewRowsSpec> _rows = [];
    private readonly Dictionary<INamedTypeSymbol, ViewEntity> _entities = new(SymbolEqualityComparer.Default);

    private INamedTypeSymbol? _endless;

    // Whether generated code can read all members, of the view and of those within it.
    private bool _isReadable = true;

    private ViewParser(ParseContext context) => _context = context;

    /// <summary>The facts of a type that carries <c>[UnifiedView]</c>.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ViewSpec Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        var context = new ParseContext(type, compilation, sink, cancellationToken);
        var set = ViewHeader.Check(context);
        var level = DeclarationRules.Check(context, GeneratedNames.OfView(type.Name));
        if (ViewHeader.OtherRole(type) is { } role)
        {
            context.Report(ProblemKind.ViewIsMore, type, null, role);
            level = EmissionLevel.Nothing;
        }

        var parser = new ViewParser(context);
        var shape = level == EmissionLevel.Nothing ? null : parser.ParseTop(context);
        var isWhole = shape is not null && !context.HasFaults;
        return new ViewSpec(
            isWhole ? level : DeclarationRules.Lower(level, EmissionLevel.Skeleton),
            TypeNames.Describe(type),
            set,
            isWhole ? parser._rows.ToEquatableArray() : default,
            isWhole ? shape : null,
            parser._isReadable ? CacheParser.Parse(type) : null);
    }

    private ViewShapeSpec? ParseTop(ParseContext context)
    {
        var members = Members(context, []);
        if (members is null)
        {
            return null;
        }

        var root = ViewMembers.Root(members)!;
        _rows.Add(new ViewRowsSpec { Path = root.Name, Entity = root.Entity.Spec, Link = ViewLink.Root, Parent = 0 });
        return Shape(context, members, path: "", rows: 0, spared: null, around: []);
    }

    /// <summary>The members with their entities; null, and reported, where there is no root or a view would contain itself.</summary>
    private List<ViewMember>? Members(ParseContext context, IReadOnlyList<INamedTypeSymbol> around)
    {
        var members = ViewMembers.Collect(context);
        foreach (var member in members)
        {
            if (RootEntityOf(context, member, [.. around, context.Entity]) is not { } entity)
            {
                return null;
            }

            member.Entity = entity;
            if (!entity.IsUsable)
            {
                // The entity's own fault is reported where it is declared.
                context.MarkFaulty();
            }
        }

        if (ViewMembers.Root(members) is null)
        {
            context.Report(ProblemKind.ViewWithoutRoot, context.Entity, null);
            return null;
        }

        return members;
    }

    // The entity of a member's rows: of a view, that of its root, and of its root's root.
    private ViewEntity? RootEntityOf(ParseContext context, ViewMember member, IReadOnlyList<INamedTypeSymbol> around)
    {
        var type = member.Element;
        var inner = new List<INamedTypeSymbol>(around);
        while (ViewMembers.IsView(type))
        {
            if (inner.Exists(outer => SymbolEqualityComparer.Default.Equals(outer, type)))
            {
                _endless = type;
                context.Report(ProblemKind.ViewContainsItself, member.Property, null, member.Name, type.Name);
                return null;
            }

            inner.Add(type);
            var silent = new ParseContext(type, context.Compilation, sink: null, context.CancellationToken);
            if (ViewMembers.Root(ViewMembers.Collect(silent)) is not { } root)
            {
                context.MarkFaulty();
                return null;
            }

            type = root.Element;
        }

        if (!_entities.TryGetValue(type, out var entity))
        {
            _entities.Add(type, entity = ViewEntity.Parse(type, context));
        }

        return entity;
    }

    private ViewShapeSpec? Shape(
        ParseContext context, List<ViewMember> members, string path, int rows, string? spared, IReadOnlyList<INamedTypeSymbol> around)
    {
        var root = ViewMembers.Root(members)!;
        ViewMemberRules.CheckRoot(context, root);
        var places = new List<ViewMember> { root };
        var sparing = new List<ViewMember?> { null };
        var specs = new List<ViewMemberSpec?> { Member(context, root, path, rows, parent: 0, spared, around) };
        foreach (var (member, way) in ViewPaths.Find(context, members, root))
        {
            var rules = ViewMemberRules.Of(context, member);
            ViewMemberRules.CheckLink(context, member, way);
            var parent = places.IndexOf(way.From);
            if (sparing[parent] is { } empty)
            {
                ViewMemberRules.CheckBehindSpared(context, member, empty);
            }

            var name = path + member.Name;
            var sparedWith = rules.IsSpared ? name : spared;
            _rows.Add(new ViewRowsSpec
            {
                Path = name,
                Entity = member.Entity.Spec,
                Link = way.Link,
                Parent = specs[parent]?.Rows ?? 0,
                Reference = way.Spec,
                Order = rules.Order,
                Take = rules.Take,
                SparedWith = sparedWith,
            });
            places.Add(member);
            sparing.Add(rules.IsSpared ? member : sparing[parent]);
            specs.Add(Member(context, member, path, _rows.Count - 1, parent, sparedWith, around, rules));
        }

        // The chosen constructor speaks of places, so the members come in the order in which they were found.
        if (specs.Contains(null) || ViewConstruction.Choose(context, places) is not { } construction)
        {
            return null;
        }

        var all = specs.ConvertAll(static spec => spec!);
        var isPartial = all.Exists(static spec => spec.IsSpared || spec.View?.IsPartial == true);
        if (isPartial)
        {
            ViewMemberRules.CheckReserved(context);
        }

        return new ViewShapeSpec(TypeNames.Plain(context.Entity), path, all.ToEquatableArray(), construction, isPartial);
    }

    private ViewMemberSpec? Member(
        ParseContext context, ViewMember member, string path, int rows, int parent, string? spared, IReadOnlyList<INamedTypeSymbol> around, ViewMemberRules? rules = null)
    {
        _isReadable &= ViewMembers.IsReadable(context, member.Property);

        ViewShapeSpec? view = null;
        if (member.IsView)
        {
            // Its problems are reported where it is declared.
            var inner = new ParseContext(member.Element, context.Compilation, sink: null, context.CancellationToken);
            IReadOnlyList<INamedTypeSymbol> nested = [.. around, context.Entity];
            view = Members(inner, nested) is { } members ? Shape(inner, members, path + member.Name + ".", rows, spared, nested) : null;
            if (view is null || inner.HasFaults)
            {
                ReportInner(context, member);
                return null;
            }
        }

        return new ViewMemberSpec
        {
            Name = member.Name,
            Rows = rows,
            Parent = parent,
            Collection = member.Collection,
            IsRoot = rules is null,
            IsNullable = member.IsNullable,
            IsNullableList = member.IsList && member.Property.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated },
            Missing = rules?.Missing ?? MissingKind.Throw,
            IsSpared = rules?.IsSpared == true,
            View = view,
        };
    }

    // Of the faults of an inner view, one is this view's as well: that the inner one leads back to it.
    private void ReportInner(ParseContext context, ViewMember member)
    {
        if (SymbolEqualityComparer.Default.Equals(_endless, context.Entity))
        {
            context.Report(ProblemKind.ViewContainsItself, member.Property, null, member.Name, context.Entity.Name);
        }

        context.MarkFaulty();
    }
}
