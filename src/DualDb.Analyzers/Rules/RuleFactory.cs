using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Rules;

/// <summary>Makes descriptors, so that none lacks what can be derived from its id.</summary>
internal static class RuleFactory
{
    private const string Pages = "https://github.com/dualdb/dualdb-sdk/blob/main/docs/rules/";

    /// <summary>A rule about something that cannot be generated.</summary>
    public static DiagnosticDescriptor Error(string id, string title, string message, bool atEnd = false)
        => Create(id, title, message, DiagnosticSeverity.Error, atEnd);

    /// <summary>A rule about something that is generated, and surprises.</summary>
    public static DiagnosticDescriptor Warning(string id, string title, string message, bool atEnd = false)
        => Create(id, title, message, DiagnosticSeverity.Warning, atEnd);

    /// <summary>A rule about something that works, and may not be what was meant.</summary>
    public static DiagnosticDescriptor Info(string id, string title, string message, bool atEnd = false)
        => Create(id, title, message, DiagnosticSeverity.Info, atEnd);

    // Whoever reports at the end of the compilation must say so, or an editor waits for the diagnostic while one types.
    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, bool atEnd)
        => new(
            id,
            title,
            message,
            CategoryOf(id),
            severity,
            isEnabledByDefault: true,
            helpLinkUri: Pages + id + ".md",
            customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);

    private static string CategoryOf(string id) => id[3] switch
    {
        '0' => "DualDb.Mapping",
        '1' => "DualDb.References",
        '2' => "DualDb.Caching",
        '3' => "DualDb.Queries",
        '4' => "DualDb.Consistency",
        '5' => "DualDb.Migrations",
        _ => "DualDb.Project",
    };
}
