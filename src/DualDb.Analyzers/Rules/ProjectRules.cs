using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB9xx: the project itself.</summary>
internal static class ProjectRules
{
    public static readonly DiagnosticDescriptor LanguageVersionTooOld = Error(
        "DDB900",
        "The language version is too old",
        "No repository can be generated: the project uses C# {0}, and generated code needs C# {1} or newer. Remove LangVersion from the project, or raise it.",
        atEnd: true);
}
