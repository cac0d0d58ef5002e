namespace DualDb.Generators.Model;

/// <summary>A type of this project, and where the generated types that belong to it are placed.</summary>
internal sealed record TypeSpec
{
    /// <summary>The name, without <c>@</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name with <c>global::</c> and all that contains it, keywords escaped.</summary>
    public required string FullName { get; init; }

    /// <summary>The namespace, keywords escaped; null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The types around it, outermost first.</summary>
    public required EquatableArray<ContainingTypeSpec> ContainingTypes { get; init; }

    /// <summary><c>class</c> or <c>record</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary>Its own accessibility, as C# spells it.</summary>
    public required string Accessibility { get; init; }

    /// <summary>Whether it and everything around it is public.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>The full name of a type declared beside this one.</summary>
    public string Sibling(string name) => FullName.Substring(0, FullName.LastIndexOfAny(['.', ':']) + 1) + name;
}

/// <summary>A type around another.</summary>
/// <param name="Keyword">Such as <c>class</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">Its name, a keyword escaped.</param>
internal sealed record ContainingTypeSpec(string Keyword, string Name);
