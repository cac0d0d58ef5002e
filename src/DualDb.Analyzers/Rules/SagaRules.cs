using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB42x and DDB43x: sagas.</summary>
internal static class SagaRules
{
    public static readonly DiagnosticDescriptor Shape = Error(
        "DDB420",
        "A saga is a partial class with steps",
        "'{0}' cannot be a saga: {1}. {2}.");

    public static readonly DiagnosticDescriptor Name = Error(
        "DDB421",
        "The name of a saga has 1 to 200 characters",
        "'{0}' cannot be stored under the name '{1}': {2}. Write 1 to 200 characters, such as \"create-order\".");

    /// <summary>Saga; the other saga; what both have; that.</summary>
    public static readonly DiagnosticDescriptor Duplicate = Error(
        "DDB422",
        "A saga has a name and a property of its own",
        "'{0}' cannot be told from '{1}': both have the {2} '{3}'. Give one of them another.",
        atEnd: true);

    public static readonly DiagnosticDescriptor StepShape = Error(
        "DDB423",
        "A step is a method that can be called",
        "'{0}.{1}' cannot be run by the saga: {2}. {3}.");

    public static readonly DiagnosticDescriptor StepUnbound = Error(
        "DDB424",
        "A step is given its input, earlier results and a transaction",
        "'{0}.{1}' cannot be called: its parameter '{2}' of type '{3}' {4}. {5}.");

    public static readonly DiagnosticDescriptor CompensationUnbound = Error(
        "DDB425",
        "A compensation is given what was known when its step was done",
        "'{0}.{1}' cannot be called: its parameter '{2}' of type '{3}' {4}. {5}.");

    public static readonly DiagnosticDescriptor Compensates = Error(
        "DDB426",
        "A compensation undoes one step",
        "'{0}.{1}' cannot undo anything: {2}. {3}.");

    /// <summary>Saga; step; the later step that may fail.</summary>
    public static readonly DiagnosticDescriptor WithoutWayBack = Warning(
        "DDB427",
        "A step that others follow can be undone",
        "'{0}.{1}' stays done where '{2}' fails: it has no compensation. Write one with [Compensates(nameof({1}))], mark it with [Pivot] if there is no way back behind it, or let it come last.");

    /// <summary>Saga; method; what it writes to; what it was given; what to do.</summary>
    public static readonly DiagnosticDescriptor WritesOutside = Error(
        "DDB428",
        "A step writes in its transaction",
        "'{0}.{1}' may write twice: it writes to {2} {3}, so that the write is committed by itself and not with the step. {4}.");

    public static readonly DiagnosticDescriptor NotEncodable = Error(
        "DDB429",
        "Input and results of a saga can be written as JSON",
        "'{0}' cannot be kept as JSON: '{1}' {2}. {3}.");

    public static readonly DiagnosticDescriptor NeedsLater = Error(
        "DDB430",
        "A step needs the results of earlier steps",
        "'{0}.{1}' cannot be called: its parameter '{2}' is what '{3}' returns, which runs {4}. Give '{3}' a lower number, or '{1}' a higher one.");

    public static readonly DiagnosticDescriptor BothTransactions = Error(
        "DDB431",
        "A step writes to one database",
        "'{0}.{1}' cannot be given both transactions: no transaction spans Neon and Supabase. Make two steps of it.");

    public static readonly DiagnosticDescriptor Option = Error(
        "DDB432",
        "The options of a saga are within their limits",
        "'{0}' cannot be run as '{1}' says: {2} is {3}. Write {4}.");

    /// <summary>Method; the attribute; why; what to do.</summary>
    public static readonly DiagnosticDescriptor Misplaced = Warning(
        "DDB433",
        "Attributes of steps are for the steps of sagas",
        "[{1}] on '{0}' has no effect: {2}. {3}.");

    public static readonly DiagnosticDescriptor Constructor = Error(
        "DDB434",
        "A saga has one constructor",
        "'{0}' cannot be made: {1}. {2}.");

    /// <summary>Saga; compensation; step.</summary>
    public static readonly DiagnosticDescriptor NeedsUnknownResult = Warning(
        "DDB435",
        "A compensation can do without an answer that never came",
        "'{0}.{1}' cannot be called where nobody knows whether '{2}' took effect: a step without a transaction that is given up has no result. Let its parameter accept null, and look up by SagaContext.IdempotencyKey what was done.");

    /// <summary>Root.</summary>
    public static readonly DiagnosticDescriptor RootDeclaresSagas = Error(
        "DDB436",
        "A root with sagas has the name Sagas free",
        "'{0}' gets no sagas: it declares 'Sagas', and so would its generated part. Rename yours.",
        atEnd: true);

    public static readonly DiagnosticDescriptor Result = Error(
        "DDB437",
        "A saga has one result",
        "'{0}.{1}' cannot be the result of the saga: {2}. {3}.");

    /// <summary>Saga; why; what to do.</summary>
    public static readonly DiagnosticDescriptor WithoutRoot = Warning(
        "DDB438",
        "A saga belongs to a root",
        "'{0}' cannot be started: {1}. {2}.",
        atEnd: true);

    /// <summary>The rules about a saga that works, and may do what nobody meant.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfSaga { get; } = [WithoutWayBack, NeedsUnknownResult, Misplaced];

    /// <summary>The rules that are decided when the whole project is known.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfProject { get; } = [Duplicate, RootDeclaresSagas, WithoutRoot];

    /// <summary>The rules about what the code of steps calls.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfCode { get; } = [WritesOutside];
}
