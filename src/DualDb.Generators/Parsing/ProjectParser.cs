using System;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Generators.Parsing;

/// <summary>What of the project decides about the generated code.</summary>
internal static class ProjectParser
{
    /// <summary>Generated code uses static abstract members and raw strings (C# 11), and primary constructors (C# 12).</summary>
    public const LanguageVersion OldestLanguageVersion = LanguageVersion.CSharp12;

    public static ProjectSpec Parse(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var rootNamespace);
        return new ProjectSpec(
            ToNamespace(string.IsNullOrWhiteSpace(rootNamespace) ? compilation.AssemblyName : rootNamespace),
            LevelOf(compilation),
            KnowsEvents(compilation));
    }

    /// <summary>Whether the project references the library that events are dispatched by.</summary>
    public static bool KnowsEvents(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == "DualDb.Consistency")
            {
                return assembly.GetTypeByMetadataName(EventNames.Namespace + ".DomainEvents") is not null;
            }
        }

        return false;
    }

    // Interfaces alone need less (a namespace for the file is C# 10). They are written for an older language too: a name that does not
    // exist in a signature makes the compiler withhold what the analyzer has to say.
    private static EmissionLevel LevelOf(Compilation compilation)
        => !IsLanguageTooOld(compilation) ? EmissionLevel.Full
            : compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp10 } ? EmissionLevel.Skeleton
            : EmissionLevel.Nothing;

    public static bool IsLanguageTooOld(Compilation compilation)
        => compilation is CSharpCompilation { LanguageVersion: < OldestLanguageVersion };

    // An assembly's name may hold characters that a namespace cannot; MSBuild replaces them the same way for RootNamespace.
    private static string? ToNamespace(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var parts = name!.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = ToIdentifier(parts[i]);
        }

        return string.Join(".", parts);
    }

    private static string ToIdentifier(string part)
    {
        var letters = part.TrimStart('@').ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (!SyntaxFacts.IsIdentifierPartCharacter(letters[i]))
            {
                letters[i] = '_';
            }
        }

        var identifier = new string(letters);
        if (identifier.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(identifier[0]))
        {
            identifier = "_" + identifier;
        }

        return SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;
    }
}
