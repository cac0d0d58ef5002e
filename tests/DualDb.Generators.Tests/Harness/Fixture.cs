using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests.Harness;

/// <summary>Source code that is compiled as a user's project would be.</summary>
internal static class Fixture
{
    private static readonly MetadataReference[] References = FindReferences();

    /// <summary>The names of all fixture files.</summary>
    public static IEnumerable<string> Names => Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal);

    public static string Source(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no fixture {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A library of one or more files.</summary>
    public static CSharpCompilation Project(params string[] sources) => Project("Project", sources, []);

    public static CSharpCompilation Project(
        string name, IReadOnlyList<string> sources, IReadOnlyList<MetadataReference> more, LanguageVersion language = LanguageVersion.Latest)
    {
        var parsing = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Enable,
            allowUnsafe: false);
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parsing, $"File{index}.cs"));
        return CSharpCompilation.Create(name, trees, [.. References, .. more], options);
    }

    // The framework, the runtime library and what it stands on: what this test process itself runs with.
    private static MetadataReference[] FindReferences()
        => [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var file
                && !file.StartsWith("DualDb.Generators", StringComparison.Ordinal)
                && !file.StartsWith("xunit", StringComparison.Ordinal)
                && !file.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path))];
}
