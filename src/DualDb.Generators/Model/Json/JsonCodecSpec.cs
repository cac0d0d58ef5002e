namespace DualDb.Generators.Model;

/// <summary>How values of some types are written as JSON and read from it: one entry per type that is reached, so that types may contain themselves.</summary>
/// <param name="Holder">The name of the nested class that holds the methods, free within the type that it is nested in.</param>
/// <param name="Types">The types, in the order in which they are met.</param>
internal sealed record JsonCodecSpec(string Holder, EquatableArray<JsonTypeSpec> Types);

/// <summary>A value at one place: of a member, an element, or a whole document.</summary>
/// <param name="Type">Its type with <c>global::</c> and the annotations inside of it, without an outer <c>?</c>.</param>
/// <param name="Scalar">What it is, if it is one token.</param>
/// <param name="Method">What follows <c>Write</c> and <c>Read</c> in the names of its methods; null for a scalar.</param>
/// <param name="IsValueType">Whether it is a struct or an enum.</param>
/// <param name="IsNullable">Whether it may be null.</param>
internal sealed record JsonValueSpec(string Type, JsonScalar Scalar, string? Method, bool IsValueType, bool IsNullable)
{
    /// <summary>The type as it is declared.</summary>
    public string Declared => IsNullable ? Type + "?" : Type;
}

/// <summary>A type with methods of its own.</summary>
internal sealed record JsonTypeSpec
{
    public required JsonTypeKind Kind { get; init; }

    /// <summary>What follows <c>Write</c> and <c>Read</c> in the names of its methods.</summary>
    public required string Method { get; init; }

    /// <summary>The type with <c>global::</c> and the annotations inside of it.</summary>
    public required string Type { get; init; }

    /// <summary>The type as messages show it.</summary>
    public required string Shown { get; init; }

    /// <summary>Whether nobody but the application is shown any value of it.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>The elements of a collection; null for other types.</summary>
    public JsonValueSpec? Element { get; init; }

    /// <summary>The number behind an enum.</summary>
    public JsonScalar EnumStorage { get; init; }

    /// <summary>The members of an enum.</summary>
    public EquatableArray<EnumMemberSpec> EnumMembers { get; init; }

    /// <summary>The members of an object that are written.</summary>
    public EquatableArray<JsonMemberSpec> Members { get; init; }

    /// <summary>How an object is made; ordinals are places among the members. Null for other types.</summary>
    public ConstructionSpec? Construction { get; init; }
}

/// <summary>A member of an object.</summary>
/// <param name="Name">The member, without <c>@</c>.</param>
/// <param name="JsonName">Its name in JSON.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Default">The literal that its constructor parameter falls back to; null for none.</param>
/// <param name="HasOwnValue">Whether the type gives the member a value by itself, which stays where the document has none.</param>
/// <param name="IsOblivious">Whether its declaration does not say if it may be null; it may, and the compiler is told to accept that.</param>
internal sealed record JsonMemberSpec(string Name, string JsonName, JsonValueSpec Value, string? Default, bool HasOwnValue, bool IsOblivious)
{
    /// <summary>Whether nobody but the application is shown it.</summary>
    public bool IsSensitive { get; init; }
}
