using DualDb.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Docs.Tests;

public sealed class CodeBlockTests
{
    public static TheoryData<string> FilesWithCode()
        => [.. Documents.All().Where(file => !IsRulePage(file) && file.Fences.Any(IsCompiled)).Select(file => file.Name)];

    public static TheoryData<string> FilesWithPrograms()
        => [.. Documents.All().Where(file => file.Fences.Any(IsProgram)).Select(file => file.Name)];

    [Fact]
    public void The_readme_has_a_program() => Assert.Contains("README.md", FilesWithPrograms().Select(row => (string)row.Data));

    /// <summary>Guides speak of the sample's models, so their blocks are compiled against the sample.</summary>
    [Theory]
    [MemberData(nameof(FilesWithCode))]
    public void Code_blocks_compile_within_the_sample(string name)
    {
        foreach (var fence in MarkdownFile.Read(Documents.PathOf(name)).Fences.Where(IsCompiled))
        {
            var compilation = Compiler.Compile(OutputKind.DynamicallyLinkedLibrary, Compiler.References, CodeBlock.Part(fence));
            AssertNoErrors(compilation.GetDiagnostics(), $"{name}({fence.Line})");
        }
    }

    /// <summary>A program and the models above it stand on their own: what the generator makes of them is all they need.</summary>
    [Theory]
    [MemberData(nameof(FilesWithPrograms))]
    public void Programs_compile_with_their_models(string name)
    {
        var fences = MarkdownFile.Read(Documents.PathOf(name)).Fences.ToList();
        foreach (var fence in fences.Where(IsProgram))
        {
            var models = fences[fences.IndexOf(fence) - 1];
            var compilation = Compiler.Compile(OutputKind.ConsoleApplication, Compiler.ReferencesWithoutSample, CodeBlock.Program(fence, models));
            CSharpGeneratorDriver.Create(new DualDbGenerator())
                .WithUpdatedParseOptions(new CSharpParseOptions(CodeBlock.Language))
                .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);

            AssertNoErrors([.. diagnostics, .. generated.GetDiagnostics()], $"{name}({fence.Line})");
        }
    }

    /// <summary>Their examples are wrong on purpose; the analyzers' tests look after them.</summary>
    private static bool IsRulePage(MarkdownFile file) => file.Name.StartsWith("docs/rules/", StringComparison.Ordinal);

    private static bool IsProgram(Fence fence) => fence.Language == "csharp" && fence.Marker("program") is not null;

    private static bool IsCompiled(Fence fence) => fence.Language == "csharp" && fence.Marker("program") is null && fence.Marker("not compiled") is null;

    private static void AssertNoErrors(IEnumerable<Diagnostic> diagnostics, string place)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, $"{place} does not compile:\n{string.Join('\n', errors)}");
    }
}
