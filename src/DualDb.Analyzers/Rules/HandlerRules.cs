using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB40x and DDB41x: handlers of events.</summary>
internal static class HandlerRules
{
    /// <summary>Handler; why; what to do.</summary>
    public static readonly DiagnosticDescriptor NotRegistered = Warning(
        "DDB406",
        "A handler is a class that the container can make",
        "'{0}' is never called: {1}. {2}.",
        atEnd: true);

    public static readonly DiagnosticDescriptor OfNonEvent = Error(
        "DDB407",
        "A handler handles events",
        "'{0}' is never called for '{1}': that type is no event. Mark it with [DomainEvent(\"…\")], or handle one that is.");

    public static readonly DiagnosticDescriptor Target = Error(
        "DDB408",
        "A handler writes to one database",
        "'{0}' cannot be given its transaction: {1}. {2}.");

    /// <summary>Handler; the other handler; the event; the name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "DDB409",
        "The handlers of an event have names of their own",
        "'{0}' cannot be told from '{1}': both handle '{2}' under the name '{3}', so that what one of them has handled would count for both. Name one of them with [EventHandler(\"…\")].",
        atEnd: true);

    public static readonly DiagnosticDescriptor Option = Error(
        "DDB410",
        "The options of a handler are within their limits",
        "'{0}' cannot be run as [EventHandler] says: {1} is {2}, and {3}. {4}.");

    /// <summary>Handler; the database.</summary>
    public static readonly DiagnosticDescriptor PublishesOutside = Warning(
        "DDB411",
        "A handler publishes in its transaction",
        "'{0}' publishes the event once more each time it is repeated: PublishAsync is no part of the transaction that holds what the handler does. Publish it with context.{1}.Publish(…).");

    /// <summary>Handler.</summary>
    public static readonly DiagnosticDescriptor WithoutRoot = Warning(
        "DDB413",
        "Handlers need a root",
        "'{0}' is never called: the project has no root, so that nothing registers its handlers. Declare a class with [DualDatabase], or move the handler to the project that has one.",
        atEnd: true);

    /// <summary>Class.</summary>
    public static readonly DiagnosticDescriptor AttributeWithoutHandler = Warning(
        "DDB415",
        "[EventHandler] is for handlers",
        "[EventHandler] on '{0}' has no effect: the class implements no IEventHandler<T>. Implement it, or remove the attribute.",
        atEnd: true);
}
