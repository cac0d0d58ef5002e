using System.Collections.Generic;

namespace DualDb.Generators.Parsing;

/// <summary>The types that are generated beside a type.</summary>
/// <param name="interface">The interface for test doubles, which the user may extend.</param>
/// <param name="class">The class behind it, which the user may extend.</param>
/// <param name="others">What is the generator's alone.</param>
internal sealed class GeneratedNames(string @interface, string @class, params string[] others)
{
    public string Interface { get; } = @interface;

    public string Class { get; } = @class;

    public IReadOnlyList<string> Others { get; } = others;

    public static GeneratedNames OfEntity(string name) => new("I" + name + "Repository", name + "Repository", name + "Map", name + "Columns", name + "Changes", name + "Joins");

    public static GeneratedNames OfView(string name) => new("I" + name + "Reader", name + "Reader", name + "Columns", name + "Query");
}
