using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB45x: how maps of the synchronisation fit together, and the code around them.</summary>
internal static class SyncRules
{
    /// <summary>Map; the other map; the name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "DDB451",
        "A map has a name of its own",
        "'{0}' cannot be told from '{1}': both are kept under the name '{2}'. Set Name on one of them.",
        atEnd: true);

    /// <summary>Map; the table; the other map.</summary>
    public static readonly DiagnosticDescriptor TwoOfOneTable = Error(
        "DDB452",
        "A table is part of one map of both directions",
        "'{0}' cannot go both ways: '{1}' does so in '{2}' already, and two maps would each take the other's changes for somebody's. Make one map of both, or let one go one way.",
        atEnd: true);

    /// <summary>Map; column; its type.</summary>
    public static readonly DiagnosticDescriptor NotComparable = Warning(
        "DDB453",
        "What is synchronised can be compared",
        "'{0}' cannot be proved equal on both sides: the column '{1}' is {2}, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that its texts are compared.");

    /// <summary>The entity that is written; the map; the entity that it is copied from.</summary>
    public static readonly DiagnosticDescriptor WritesCopy = Warning(
        "DDB454",
        "Only the map writes what it copies to",
        "A write to '{0}' is lost sooner or later: '{1}' copies '{2}' to it, one way, and does not look at what is there. Write the '{2}', or let the map go both ways.",
        atEnd: true);

    /// <summary>Method; entity; its domain; the other entity; its domain.</summary>
    public static readonly DiagnosticDescriptor CrossesDomains = Info(
        "DDB455",
        "A method writes within one domain",
        "'{0}' joins two domains: it writes '{1}' of \"{2}\" and '{3}' of \"{4}\". Publish an event in the transaction of the first write and let a handler do the second (docs/guides/events.md).");

    /// <summary>Root.</summary>
    public static readonly DiagnosticDescriptor RootDeclaresSync = Error(
        "DDB456",
        "A root that synchronises has the name Sync free",
        "'{0}' synchronises nothing: it declares 'Sync', and so would its generated part. Rename yours.",
        atEnd: true);

    /// <summary>Map; the source's key; the target's key.</summary>
    public static readonly DiagnosticDescriptor KeysMeet = Warning(
        "DDB457",
        "Keys that both sides make cannot meet",
        "'{0}' takes different rows for one: '{1}' and '{2}' are each drawn from a sequence, and both begin with 1. Make the keys Guid, or let one side alone insert rows and leave Generated out on the other.");

    /// <summary>The rules about maps.</summary>
    public static ImmutableArray<DiagnosticDescriptor> OfMaps { get; } = [SyncMapRules.NothingToDecide, DuplicateName, TwoOfOneTable, NotComparable, WritesCopy, RootDeclaresSync, KeysMeet];
}
