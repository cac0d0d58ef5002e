using System.Collections.Concurrent;
using DualDb.Generators.Parsing;
using DualDb.Migrations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Analyzers.Migrations;

/// <summary>The migrations of code in a project, which files may require.</summary>
internal sealed class CodeMigrations
{
    private readonly ConcurrentDictionary<MigrationId, bool> _ids = new();

    /// <summary>Whether one has an id that only a run knows: then nothing that is required can be said not to be there.</summary>
    public bool HasUnknown { get; private set; }

    public bool Contains(MigrationId id) => _ids.ContainsKey(id);

    /// <summary>Adds a type, where it is one.</summary>
    public void Add(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (type.IsAbstract || Implemented(type) is not { } wanted)
        {
            return;
        }

        var member = wanted.GetMembers("Id");
        var id = member.Length == 1 ? type.FindImplementationForInterfaceMember(member[0]) : null;
        if (id is { DeclaringSyntaxReferences: { Length: > 0 } declared }
            && declared[0].GetSyntax(cancellationToken) is PropertyDeclarationSyntax property
            && (property.ExpressionBody?.Expression ?? property.Initializer?.Value) is { } value
            && compilation.GetSemanticModel(value.SyntaxTree).GetConstantValue(value, cancellationToken).Value is string text
            && MigrationId.TryParse(text, out var known))
        {
            _ids.TryAdd(known, true);
        }
        else
        {
            HasUnknown = true;
        }
    }
    private static INamedTypeSymbol? Implemented(INamedTypeSymbol type)
    {
        foreach (var candidate in type.AllInterfaces)
        {
            if (TypeNames.Is(candidate, "DualDb.Migrations", "IDataMigration"))
            {
                return candidate;
            }
        }

        return null;
    }
}
