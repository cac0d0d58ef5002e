using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests.Harness;

/// <summary>What the parsers find wrong with a project, by kind.</summary>
internal static class Problems
{
    public static IReadOnlyList<string> Of(Compilation project)
    {
        var kinds = new List<string>();
        void Add(Problem problem) => kinds.Add(problem.Kind.ToString());
        foreach (var type in TypesOf(project.Assembly.GlobalNamespace))
        {
            EntityParser.Parse(type, project, Add, TestContext.Current.CancellationToken);
            if (Annotations.Find(type, "DualDatabaseAttribute") is not null)
            {
                RootParser.Parse(type, Add);
            }
        }

        return kinds;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
        => container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(static member
            => (member is INamedTypeSymbol type ? new[] { type } : []).Concat(TypesOf(member)));
}
