using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB40x: events.</summary>
internal static class EventRules
{
    public static readonly DiagnosticDescriptor EventShape = Error(
        "DDB400",
        "An event is a partial type that can be made",
        "'{0}' cannot be an event: {1}. {2}.");

    public static readonly DiagnosticDescriptor EventNotEncodable = Error(
        "DDB401",
        "The members of an event can be written as JSON",
        "'{0}' cannot be written as JSON: '{1}' {2}. {3}.");

    public static readonly DiagnosticDescriptor EventName = Error(
        "DDB402",
        "The name of an event has 1 to 200 characters",
        "'{0}' cannot be stored under the name '{1}': {2}. Write 1 to 200 characters that say what has happened, such as \"order.created\".");

    /// <summary>Event; the other event; the name.</summary>
    public static readonly DiagnosticDescriptor DuplicateEventName = Error(
        "DDB403",
        "An event has a name of its own",
        "'{0}' cannot be told from '{1}': both are stored under the name '{2}'. Give one of them another.",
        atEnd: true);

    public static readonly DiagnosticDescriptor EventVersion = Error(
        "DDB404",
        "The version of an event is 1 or more",
        "'{0}' cannot have version {1}: versions are counted from 1. Write 1 or more, or leave Version out.");

    /// <summary>Event.</summary>
    public static readonly DiagnosticDescriptor NobodyHandles = Info(
        "DDB405",
        "An event is handled",
        "'{0}' has no effect here: no class of this project handles it. Write an IEventHandler<{0}>, or leave it to a project that does.",
        atEnd: true);

    /// <summary>Root.</summary>
    public static readonly DiagnosticDescriptor RootDeclaresEvents = Error(
        "DDB414",
        "A root with events has the name Events free",
        "'{0}' gets no events: it declares 'Events', and so would its generated part. Rename yours.",
        atEnd: true);

    /// <summary>Method; the databases.</summary>
    public static readonly DiagnosticDescriptor BothDatabasesWritten = Info(
        "DDB412",
        "What is written to both databases is tied together",
        "'{0}' can be torn apart: it writes to {1} and to {2}, and where it stops in between, only one of them has changed. Publish an event in the transaction of the first write and let a handler do the second (docs/guides/events.md).");

    /// <summary>The rules that no problem of the parser stands behind, and that are decided when the whole project is known.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfProject { get; } =
    [
        DuplicateEventName, NobodyHandles, RootDeclaresEvents, HandlerRules.NotRegistered, HandlerRules.DuplicateName, HandlerRules.WithoutRoot, HandlerRules.AttributeWithoutHandler,
    ];

    /// <summary>The rules about code that uses events, or should.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfCode { get; } = [HandlerRules.PublishesOutside, BothDatabasesWritten];
}
