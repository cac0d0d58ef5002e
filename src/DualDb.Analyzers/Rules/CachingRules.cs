using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB20x: what <c>[CachedFor]</c> says. A setting that is wrong is left out of what is generated, the rest of it is not.</summary>
internal static class CachingRules
{
    /// <summary>Type; the time's name; the time as it is written; what is wrong with it; what to write.</summary>
    public static readonly DiagnosticDescriptor Time = Error(
        "DDB200",
        "A time of the cache is above zero",
        "'{0}' cannot be cached as [CachedFor] says: {1} is {2}, which is {3}. Write {4}.");

    /// <summary>Type; the share.</summary>
    public static readonly DiagnosticDescriptor Share = Error(
        "DDB201",
        "The share at which a row is read anew is below 1",
        "'{0}' cannot be cached as [CachedFor] says: EagerRefreshAt is {1}, and it is a share of the duration. Write a number above 0 and below 1, such as 0.8, or 0 for never.");

    /// <summary>Type; the members that can be set.</summary>
    public static readonly DiagnosticDescriptor Mutable = Warning(
        "DDB202",
        "What is cached cannot be changed",
        "A caller may change what others are given: memory hands the same '{0}' to all of them, and code can set {1}. Make that init-only, or give each caller a copy with Clone = true.");

    /// <summary>Type.</summary>
    public static readonly DiagnosticDescriptor NothingToCache = Error(
        "DDB203",
        "Only entities and views are cached",
        "[CachedFor] on '{0}' keeps nothing: it is neither an entity nor a view. Mark it with [Neon], [Supabase] or [UnifiedView], or remove [CachedFor].");

    /// <summary>Type.</summary>
    public static readonly DiagnosticDescriptor NoLevel = Warning(
        "DDB204",
        "A cache has a level",
        "[CachedFor] on '{0}' keeps nothing: L1 and L2 are both false. Leave one of them on, or remove [CachedFor].");

    /// <summary>Type; the size.</summary>
    public static readonly DiagnosticDescriptor Size = Error(
        "DDB205",
        "The size of a cached row is 1 or more",
        "'{0}' cannot be cached as [CachedFor] says: Size is {1}, and it is how much of the memory's limit a row takes. Write 1 or more.");

    /// <summary>Type; why; what to do.</summary>
    public static readonly DiagnosticDescriptor SoftTimeout = Warning(
        "DDB206",
        "A soft timeout needs an expired row, and time before the hard one",
        "SoftTimeout on '{0}' has no effect: {1}. {2}.");

    /// <summary>Type; the members; the PostgreSQL types.</summary>
    public static readonly DiagnosticDescriptor InexactKey = Warning(
        "DDB207",
        "A value that finds a cached row has one text",
        "Finding '{0}' by {1} always asks the database: the cache compares values exactly, and PostgreSQL may not do so for {2}. Store it as a type whose values differ wherever they do in C#, such as text or uuid, or expect no cache there.");

    /// <summary>View; the member, with its type; the type that holds it.</summary>
    public static readonly DiagnosticDescriptor UnreadableMember = Error(
        "DDB208",
        "The members of a cached view can be read",
        "'{0}' cannot be cached: its payload is made of its members, and generated code cannot read '{1}'. Give that a getter that the project can reach, or remove [CachedFor].");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [Time, Share, Mutable, NothingToCache, NoLevel, Size, SoftTimeout, InexactKey, UnreadableMember];
}
