using System;
using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>What only shows once all entities and roots of a project are known.</summary>
internal sealed class ProjectChecks
{
    private readonly CompilationAnalysisContext _context;
    private readonly ProjectModel _project;

    private ProjectChecks(CompilationAnalysisContext context, ProjectModel project)
    {
        _context = context;
        _project = project;
    }

    public static void Check(CompilationAnalysisContext context, ProjectModel project)
    {
        var checks = new ProjectChecks(context, project);
        checks.CheckLanguageVersion();
        var roots = project.Roots();
        checks.CheckRoots(roots);
        checks.CheckSets(roots);
    }

    // Once for the project, in the first file that needs generated code.
    private void CheckLanguageVersion()
    {
        if (!ProjectParser.IsLanguageTooOld(_context.Compilation) || FirstType() is not { } type)
        {
            return;
        }

        var used = ((CSharpCompilation)_context.Compilation).LanguageVersion;
        Report(
            new Problem(
                ProblemKind.LanguageVersionTooOld, type, null, used.ToDisplayString(), ProjectParser.OldestLanguageVersion.ToDisplayString()),
            type);
    }

    private void CheckRoots(List<(INamedTypeSymbol Type, RootSpec Root)> roots)
    {
        for (var i = 1; i < roots.Count; i++)
        {
            var type = roots[i].Type;
            Report(new Problem(ProblemKind.TwoRoots, type, Annotations.Find(type, "DualDatabaseAttribute"), type.Name, roots[0].Type.Name), type);
        }
    }

    private void CheckSets(List<(INamedTypeSymbol Type, RootSpec Root)> roots)
    {
        var own = _project.Sets();
        if (own.Count == 0 && roots.Count == 0)
        {
            return;
        }

        var (rootType, root) = roots.Count > 0
            ? roots[0]
            : (null, RootParser.Default(ProjectParser.Parse(_context.Compilation, _context.Options.AnalyzerConfigOptionsProvider).RootNamespace));
        var references = SetParser.OfReferences(_context.Compilation, _context.CancellationToken);
        root = root with { Extras = new RootExtrasSpec(_project.HaveEvents || references.Events.Count > 0, _project.HaveSagas, _project.HaveSync || references.Maps.Count > 0) };
        var referenced = new List<SetSpec>(references.Sets);
        foreach (var set in SetRules.Distinct(own, referenced, (left, holder) => ReportDuplicate(left, holder, rootType)))
        {
            if (SetRules.TakenBy(root, set.Name) is { } use)
            {
                ReportTaken(root, rootType, set, use);
            }
        }
    }

    private void ReportDuplicate(SetSpec left, SetSpec holder, INamedTypeSymbol? root)
    {
        // The set of a referenced entity cannot be changed here; the one that holds its name may be.
        var type = _project.FindEntity(left.Entity) ?? _project.FindEntity(holder.Entity) ?? root;
        Report(
            new Problem(ProblemKind.DuplicateSetName, Subject(type), AnnotationOf(type), NameOf(left), left.Name, NameOf(holder)),
            type);
    }

    private void ReportTaken(RootSpec root, INamedTypeSymbol? rootType, SetSpec set, string use)
    {
        var entity = _project.FindEntity(set.Entity);
        var member = FindMember(rootType, set.Name);
        var attribute = member is null ? AnnotationOf(entity) : null;
        Report(
            new Problem(ProblemKind.RootMemberTaken, member ?? Subject(rootType ?? entity), attribute, root.Type.Name, set.Name, NameOf(set), use),
            rootType ?? entity);
    }

    private void Report(Problem problem, INamedTypeSymbol? type)
        => _context.ReportDiagnostic(ProblemDiagnostics.Create(problem, type, _context.Compilation, _context.CancellationToken));

    // What no type of this project is to blame for is the project's own.
    private ISymbol Subject(INamedTypeSymbol? type) => type is null ? _context.Compilation.Assembly : type;

    private static AttributeData? AnnotationOf(INamedTypeSymbol? type) => type is null ? null : EntityHeader.Of(type)?.Attribute ?? Annotations.Find(type, "UnifiedViewAttribute");

    // An entity of this project by its name, another one by its full name.
    private string NameOf(SetSpec set) => _project.FindEntity(set.Entity)?.Name ?? set.Entity.Replace("global::", "");

    private static ISymbol? FindMember(INamedTypeSymbol? root, string name)
    {
        foreach (var member in root?.GetMembers(name) ?? [])
        {
            // A generated member, such as that of events, cannot be told to be renamed.
            if (!RootParser.IsGenerated(member))
            {
                return member;
            }
        }

        return null;
    }

    private INamedTypeSymbol? FirstType()
    {
        INamedTypeSymbol? first = null;
        foreach (var type in _project.Types())
        {
            if (first is null || Compare(type, first) < 0)
            {
                first = type;
            }
        }

        return first;
    }

    private int Compare(INamedTypeSymbol left, INamedTypeSymbol right)
    {
        var (one, other) = (LocationOf(left), LocationOf(right));
        var byFile = string.CompareOrdinal(one.SourceTree?.FilePath, other.SourceTree?.FilePath);
        return byFile != 0 ? byFile : one.SourceSpan.CompareTo(other.SourceSpan);
    }

    private Location LocationOf(INamedTypeSymbol type)
        => Locations.OfSymbol(type, _context.Compilation, _context.CancellationToken) ?? Location.None;
}
