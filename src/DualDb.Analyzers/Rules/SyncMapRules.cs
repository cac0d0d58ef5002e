using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB44x: what is wrong with one map of the synchronisation alone.</summary>
internal static class SyncMapRules
{
    public static readonly DiagnosticDescriptor Shape = Error(
        "DDB440",
        "A map leads from an entity to an entity",
        "'{0}' cannot be synchronised: {1}. {2}.");

    public static readonly DiagnosticDescriptor SameDatabase = Error(
        "DDB441",
        "A map leads to the other database",
        "'{0}' has nothing to synchronise: {1}. {2}.");

    public static readonly DiagnosticDescriptor Key = Error(
        "DDB442",
        "A map copies the key as it is",
        "'{0}' cannot find a row on the other side: {1}. {2}.");

    public static readonly DiagnosticDescriptor Type = Error(
        "DDB443",
        "A column is copied to one that holds its values",
        "'{0}' cannot copy '{1}' to '{2}': {3}. {4}.");

    public static readonly DiagnosticDescriptor Unfilled = Error(
        "DDB444",
        "A column of the target is filled, or left alone on purpose",
        "'{0}' leaves '{1}' empty: {2}. {3}.");

    public static readonly DiagnosticDescriptor NotInvertible = Error(
        "DDB445",
        "A map of both directions can be read backwards",
        "'{0}' cannot go both ways: {1}. {2}.");

    /// <summary>Map; its policy.</summary>
    public static readonly DiagnosticDescriptor NothingToDecide = Warning(
        "DDB446",
        "A map of one direction has no conflicts",
        "OnConflict on '{0}' has no effect: changes go one way, so that {1} has nothing to decide. Remove it, or write SyncDirection.TwoWay.");

    public static readonly DiagnosticDescriptor Resolver = Error(
        "DDB447",
        "A custom policy has a resolver that can be called",
        "'{0}' cannot decide conflicts: {1}. {2}.");

    public static readonly DiagnosticDescriptor Counter = Error(
        "DDB448",
        "Counters are numbers, and Delta needs one",
        "'{0}' cannot add up changes: {1}. {2}.");

    public static readonly DiagnosticDescriptor Column = Error(
        "DDB449",
        "A column of a map is named once, and exists",
        "'{0}' cannot be read: {1}. {2}.");

    public static readonly DiagnosticDescriptor Name = Error(
        "DDB450",
        "The name of a map has 1 to 200 characters",
        "'{0}' cannot be kept under the name '{1}': {2}. Write 1 to 200 characters, such as \"order-summaries\".");
}
