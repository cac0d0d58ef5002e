using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>A C# project as the compiler sees it: sources, the framework and the SDK, nullable enabled, implicit usings on.</summary>
internal static class Project
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.Linq;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        global using global::DualDb;
        """;

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Shop", options: Options, references: References());

    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string JsonGenerator { get; } = Metadata("JsonGenerator");

    /// <summary>A project of files that hold no marks.</summary>
    public static CSharpCompilation Of(params (string Path, string Code)[] files) => Of(LanguageVersion.Latest, files);

    public static CSharpCompilation Of(LanguageVersion version, params (string Path, string Code)[] files)
    {
        var options = new CSharpParseOptions(version);
        return Empty.AddSyntaxTrees(
        [
            CSharpSyntaxTree.ParseText(ImplicitUsings, options, "GlobalUsings.cs"),
            .. files.Select(file => CSharpSyntaxTree.ParseText(file.Code, options, file.Path)),
        ]);
    }

    private static ImmutableArray<MetadataReference> References()
    {
        var platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. platform.Split(Path.PathSeparator)
                .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                    || name is "netstandard.dll" or "mscorlib.dll" or "Npgsql.dll" or "Dapper.dll" or "Polly.Core.dll" or "DualDb.Sdk.dll" or "DualDb.Consistency.dll"))
                .Select(static path => MetadataReference.CreateFromFile(path)),
        ];
    }

    private static string Metadata(string key)
        => typeof(Project).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
