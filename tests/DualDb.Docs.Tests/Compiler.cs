using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Docs.Tests;

/// <summary>Compiles what the documentation shows.</summary>
internal static class Compiler
{
    /// <summary>What this test itself runs on: the framework, the libraries and the sample.</summary>
    public static IReadOnlyList<PortableExecutableReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The same for a program of its own, whose root would otherwise take up the sample's entities.</summary>
    public static IReadOnlyList<PortableExecutableReference> ReferencesWithoutSample { get; } =
        [.. References.Where(reference => Path.GetFileName(reference.FilePath) != "Storefront.dll")];

    public static CSharpCompilation Compile(OutputKind kind, IEnumerable<MetadataReference> references, params IEnumerable<SyntaxTree> trees)
        => CSharpCompilation.Create("Documentation", trees, references, new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
}
