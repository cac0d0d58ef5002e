using System;
using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Events;

/// <summary>What only shows once all events, handlers and roots of a project are known.</summary>
internal sealed class EventChecks
{
    private readonly CompilationAnalysisContext _context;
    private readonly EventProject _project;

    private EventChecks(CompilationAnalysisContext context, EventProject project)
    {
        _context = context;
        _project = project;
    }

    public static void Check(CompilationAnalysisContext context, EventProject project)
    {
        var checks = new EventChecks(context, project);
        checks.CheckEventNames();
        checks.CheckHandled();
        checks.CheckRegistered();
        checks.CheckHandlerNames();
        checks.CheckRoots();
        foreach (var type in project.MarkedOthers)
        {
            checks.Report(HandlerRules.AttributeWithoutHandler, type, EventNames.Find(type, "EventHandlerAttribute"), type.Name);
        }
    }

    private void CheckEventNames()
    {
        var holders = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (var type in _project.Events)
        {
            var attribute = EventNames.Find(type, "DomainEventAttribute");
            if (Annotations.FirstText(attribute) is not { } name)
            {
                continue;
            }

            if (holders.TryGetValue(name, out var holder))
            {
                Report(EventRules.DuplicateEventName, type, attribute, type.Name, holder.Name, name);
            }
            else
            {
                holders.Add(name, type);
            }
        }
    }

    // A project without a root only declares: its events are handled where they are dispatched.
    private void CheckHandled()
    {
        var handled = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var handler in _project.Handlers)
        {
            handled.UnionWith(HandlerShape.Handled(handler));
        }

        foreach (var type in _project.Events)
        {
            if (_project.HasRoot && !handled.Contains(type))
            {
                Report(EventRules.NobodyHandles, type, null, type.Name);
            }
        }
    }

    private void CheckRegistered()
    {
        foreach (var handler in _project.Handlers)
        {
            if (HandlerShape.NotRegistered(handler) is not var (why, next))
            {
                if (!_project.HasRoot)
                {
                    Report(HandlerRules.WithoutRoot, handler, null, handler.Name);
                }
            }
            else if (!IsMeantAsBase(handler))
            {
                Report(HandlerRules.NotRegistered, handler, null, handler.Name, why, next);
            }
        }
    }

    // Of an abstract or generic class those are called that derive from it, which may be in other projects.
    private bool IsMeantAsBase(INamedTypeSymbol handler)
        => (handler.IsAbstract || handler.IsGenericType) && (_project.IsBase(handler.OriginalDefinition) || (!_project.HasRoot && Visibility.IsPublic(handler)));

    private void CheckHandlerNames()
    {
        var holders = new Dictionary<(string Event, string Name), INamedTypeSymbol>();
        foreach (var handler in _project.Handlers)
        {
            if (_project.Registered(handler) is not { } spec)
            {
                continue;
            }

            foreach (var handled in spec.Events)
            {
                var key = (handled.Event.Type, spec.Options.Name);
                if (holders.TryGetValue(key, out var holder))
                {
                    var domainEvent = key.Type.Substring(key.Type.LastIndexOfAny(['.', ':']) + 1);
                    Report(HandlerRules.DuplicateName, handler, EventNames.Find(handler, "EventHandlerAttribute"), Shown(handler), Shown(holder), domainEvent, key.Name);
                }
                else
                {
                    holders.Add(key, handler);
                }
            }
        }
    }

    private void CheckRoots()
    {
        if (_project.Events.Count == 0 && _project.Handlers.Count == 0)
        {
            return;
        }

        foreach (var root in _project.Roots)
        {
            foreach (var member in root.GetMembers(EventNames.RootProperty))
            {
                if (!RootParser.IsGenerated(member))
                {
                    Report(EventRules.RootDeclaresEvents, member, null, root.Name);
                }
            }
        }
    }

    // Two classes that are called alike differ in what is around them.
    private static string Shown(INamedTypeSymbol type) => TypeNames.Plain(type).Replace("global::", "");

    private void Report(DiagnosticDescriptor rule, ISymbol symbol, AttributeData? attribute, params object[] arguments)
        => _context.ReportDiagnostic(Diagnostic.Create(
            rule,
            Locations.OfAttribute(attribute, _context.Compilation) ?? Locations.OfSymbol(symbol, _context.Compilation, _context.CancellationToken) ?? Location.None,
            arguments));
}
