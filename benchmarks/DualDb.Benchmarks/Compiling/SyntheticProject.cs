using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Benchmarks.Compiling;

/// <summary>A project of entities, one per file, half of them in either database, each with ten columns and a reference to another.</summary>
/// <param name="entities">How many.</param>
internal sealed class SyntheticProject(int entities)
{
    private static readonly MetadataReference[] References = FindReferences();

    /// <summary>A file that declares no entity.</summary>
    public const string Unrelated = "namespace Synthetic; public static class Unrelated { public static int Number => 1; }";

    /// <summary>The text of every file; the last one is <see cref="Unrelated"/>.</summary>
    public IReadOnlyList<string> Sources { get; } =
    [
        .. Enumerable.Range(0, entities).Select(index => Entity(index, entities)),
        "[DualDb.DualDatabase] public partial class SyntheticDb;",
        Unrelated,
    ];

    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.Latest);

    /// <summary>Parses everything anew.</summary>
    public CSharpCompilation Parse(CancellationToken cancellationToken)
    {
        var trees = Sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, Parsing, $"File{index}.cs", cancellationToken: cancellationToken));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Synthetic", trees, References, options);
    }

    private static string Entity(int index, int entities) => string.Create(CultureInfo.InvariantCulture, $$"""
        using System;
        using System.Collections.Generic;
        using DualDb;

        namespace Synthetic.Part{{index % 10}};

        [{{(index % 2 == 0 ? "Neon" : "Supabase")}}]
        public sealed partial record Thing{{index}}
        {
            [Key(Generated = true)] public long Id { get; init; }
            [References<Part{{(index + 1) % entities % 10}}.Thing{{(index + 1) % entities}}>] public required long OtherId { get; init; }
            [Unique] public required string Code { get; init; }
            public required decimal Total { get; init; }
            public double? Weight { get; init; }
            public required Guid Token { get; init; }
            public DateOnly? DueOn { get; init; }
            public IReadOnlyList<string> Tags { get; init; } = [];
            [CreatedAt] public DateTimeOffset CreatedAt { get; init; }
            [Version] public int Version { get; init; }
        }
        """);

    // The framework and the SDK with what it stands on: what this process itself runs with.
    private static MetadataReference[] FindReferences()
        => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => IsReferenced(Path.GetFileName(path)))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    private static bool IsReferenced(string file)
        => string.Equals(file, "DualDb.Sdk.dll", StringComparison.Ordinal)
            || string.Equals(file, "Npgsql.dll", StringComparison.Ordinal)
            || string.Equals(file, "netstandard.dll", StringComparison.Ordinal)
            || file.StartsWith("System.", StringComparison.Ordinal)
            || file.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
