using System;
using System.Collections.Generic;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a class that implements <c>IEventHandler&lt;T&gt;</c>: symbols in, plain facts out.</summary>
internal static class HandlerParser
{
    /// <summary>The facts of a handler; null for a class that is none, or that is not registered.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static HandlerSpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        var handled = HandlerShape.Handled(type);
        if (handled.Count == 0 || HandlerShape.NotRegistered(type) is not null)
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        var events = new List<HandledEventSpec>();
        foreach (var handledType in handled)
        {
            if (handledType.TypeKind == TypeKind.Error)
            {
                context.MarkFaulty();
            }
            else if (!HandlerShape.IsEvent(handledType, compilation))
            {
                context.Report(ProblemKind.HandlerOfNonEvent, type, null, ParseContext.Display(handledType));
            }
            else
            {
                events.Add(new HandledEventSpec(
                    new EventEntrySpec(TypeNames.Plain(handledType), EventNames.ImplementsForItself(handledType, "IUpgradableEvent")),
                    HandlerShape.IsOwnEvent(handledType, compilation)));
            }
        }

        var attribute = EventNames.Find(type, "EventHandlerAttribute");
        var options = new HandlerOptionsParser(context, attribute).Parse(HandlerTargets.Find(type, compilation, cancellationToken));
        return context.HasFaults ? null : new HandlerSpec(TypeNames.Plain(type), options, events.ToEquatableArray());
    }

    /// <summary>Whether a declaration is the one that stands for its class: of several parts, the first that names what it implements.</summary>
    public static bool IsLeading(SyntaxNode declaration, INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { BaseList: not null } part)
            {
                return part == declaration;
            }
        }

        return false;
    }
}
