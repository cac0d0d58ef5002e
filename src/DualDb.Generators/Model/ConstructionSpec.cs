namespace DualDb.Generators.Model;

/// <summary>How an instance of the entity is made from its column values.</summary>
/// <param name="Arguments">What the constructor is given.</param>
/// <param name="Initialized">The ordinals of the columns that the object initializer sets.</param>
/// <param name="NeedsPrivateAccess">Whether the constructor or a setter is reachable only from within the entity.</param>
internal sealed record ConstructionSpec(
    EquatableArray<ArgumentSpec> Arguments, EquatableArray<int> Initialized, bool NeedsPrivateAccess);

/// <summary>One constructor argument.</summary>
/// <param name="Parameter">The parameter's name, without <c>@</c>.</param>
/// <param name="Ordinal">The column that it is given.</param>
internal sealed record ArgumentSpec(string Parameter, int Ordinal);
