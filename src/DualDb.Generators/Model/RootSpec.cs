namespace DualDb.Generators.Model;

/// <summary>The class that holds one repository per entity.</summary>
/// <param name="Level">How much is generated.</param>
/// <param name="Type">The class.</param>
/// <param name="MemberNames">The names its declaration already uses.</param>
/// <param name="IsDeclared">Whether the user declared it; otherwise it is the default root.</param>
/// <param name="Extras">The properties that it has besides its repositories; null before that is known.</param>
internal sealed record RootSpec(EmissionLevel Level, TypeSpec Type, EquatableArray<string> MemberNames, bool IsDeclared, RootExtrasSpec? Extras = null);

/// <summary>The properties that a root has besides its repositories.</summary>
/// <param name="HasEvents">Whether the project has events, or waits for some.</param>
/// <param name="HasSagas">Whether it has sagas.</param>
/// <param name="HasSync">Whether it synchronises anything.</param>
internal sealed record RootExtrasSpec(bool HasEvents, bool HasSagas, bool HasSync);

/// <summary>
/// One property of the root: the little of an entity or view that the root depends on, so that an edit of a column leaves the root alone.
/// </summary>
/// <param name="Name">The property.</param>
/// <param name="Database">Where the entity is stored; null for a view, which reads from both.</param>
/// <param name="Entity">The entity or view with <c>global::</c>.</param>
/// <param name="Map">Its map with <c>global::</c>; empty for a view.</param>
/// <param name="Repository">Its repository or reader with <c>global::</c>.</param>
/// <param name="RepositoryInterface">The interface of that with <c>global::</c>.</param>
/// <param name="IsPublic">Whether all of these are public.</param>
/// <param name="TakesCache">Whether it is created with the cache of the root.</param>
/// <param name="IsSkeleton">Whether only the interface exists, because the entity could not be mapped.</param>
internal sealed record SetSpec(
    string Name,
    DatabaseKind? Database,
    string Entity,
    string Map,
    string Repository,
    string RepositoryInterface,
    bool IsPublic,
    bool TakesCache,
    bool IsSkeleton);

/// <summary>What of the project decides about the generated code.</summary>
/// <param name="RootNamespace">Where the default root is placed; null for the global namespace.</param>
/// <param name="Level">The most that the project's language version understands.</param>
/// <param name="KnowsEvents">Whether it references <c>DualDb.Consistency</c>.</param>
internal sealed record ProjectSpec(string? RootNamespace, EmissionLevel Level, bool KnowsEvents);
