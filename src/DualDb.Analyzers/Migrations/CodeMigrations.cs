using System.Collections.Concurrent;
using System.Collections.Immutable;
using DualDb.Generators.Parsing;
using DualDb.Migrations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Migrations;

/// <summary>The migrations of code in a project, which files may require.</summary>
internal sealed class CodeMigrations
{
    private readonly ConcurrentBag<CodeMigration> _known = [];
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _used = new(SymbolEqualityComparer.Default);

    /// <summary>Whether one has an id that only a run knows: then nothing that is required can be said not to be there.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>Those whose ids are known, in the order of these, and of several of one id those first that are used.</summary>
    public IReadOnlyList<CodeMigration> Known
    {
        get
        {
            var all = new List<CodeMigration>(_known);
            all.Sort((left, right) => left.Id.CompareTo(right.Id) is var byId and not 0 ? byId : IsUsed(right).CompareTo(IsUsed(left)) is var byUse and not 0 ? byUse : string.CompareOrdinal(left.Source, right.Source));
            return all;
        }
    }

    /// <summary>Whether one is made in this project, or handed over as a type: what nobody registers is no second one of its id.</summary>
    public bool IsUsed(CodeMigration one) => _used.ContainsKey(one.Type);

    /// <summary>Notes that types are made or named in an operation; what a type says of itself does not count.</summary>
    public void Use(IOperation operation, ISymbol within)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol made }:
                Use(made, within);
                UseAll(made.TypeArguments, within);
                break;
            case IInvocationOperation call:
                UseAll(call.TargetMethod.TypeArguments, within);
                break;
            case ITypeOfOperation { TypeOperand: INamedTypeSymbol named }:
                Use(named, within);
                break;
            default:
                break;
        }
    }

    /// <summary>Adds a type, where it is one.</summary>
    public void Add(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        // One that another one is derived from stands for both.
        if (type.IsAbstract || Implemented(type) is not { } wanted || (type.BaseType is { IsAbstract: false } parent && Implemented(parent) is not null && !Says("Id")))
        {
            return;
        }

        if (ValueOf("Id") is { } value && TextOf(value) is { } text && MigrationId.TryParse(text, out var id))
        {
            var said = ValueOf("Requires");
            var requires = new List<MigrationId>();
            foreach (var element in ElementsOf(said))
            {
                if (TextOf(element) is { } name && MigrationId.TryParse(name, out var required))
                {
                    requires.Add(required);
                }
            }

            _known.Add(new CodeMigration(type, id, type.Name, value.GetLocation(), requires, (said ?? value).GetLocation()));
        }
        else
        {
            HasUnknown = true;
        }

        bool Says(string name) => type.FindImplementationForInterfaceMember(wanted.GetMembers(name)[0]) is { } own && SymbolEqualityComparer.Default.Equals(own.ContainingType, type);

        string? TextOf(ExpressionSyntax expression) => compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression, cancellationToken).Value as string;

        ExpressionSyntax? ValueOf(string name)
        {
            var member = wanted.GetMembers(name);
            return member.Length == 1 && type.FindImplementationForInterfaceMember(member[0]) is { DeclaringSyntaxReferences: { Length: > 0 } declared, ContainingType.TypeKind: not TypeKind.Interface }
                && declared[0].GetSyntax(cancellationToken) is PropertyDeclarationSyntax property
                && compilation.ContainsSyntaxTree(property.SyntaxTree)
                    ? property.ExpressionBody?.Expression ?? property.Initializer?.Value
                    : null;
        }
    }

    // What is put together in another way, only a run knows.
    private static IEnumerable<ExpressionSyntax> ElementsOf(ExpressionSyntax? list)
    {
        if (list is CollectionExpressionSyntax collection)
        {
            foreach (var element in collection.Elements)
            {
                if (element is ExpressionElementSyntax one)
                {
                    yield return one.Expression;
                }
            }

            yield break;
        }

        foreach (var value in list switch { ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions, ArrayCreationExpressionSyntax { Initializer: { } values } => values.Expressions, _ => default })
        {
            yield return value;
        }
    }

    private void UseAll(ImmutableArray<ITypeSymbol> types, ISymbol within)
    {
        foreach (var type in types)
        {
            if (type is INamedTypeSymbol named)
            {
                Use(named, within);
            }
        }
    }

    private void Use(INamedTypeSymbol type, ISymbol within)
    {
        if (Implemented(type) is null || SymbolEqualityComparer.Default.Equals(within as INamedTypeSymbol ?? within.ContainingType, type.OriginalDefinition))
        {
            return;
        }

        for (var one = type; one is not null; one = one.BaseType)
        {
            _used.TryAdd(one.OriginalDefinition, true);
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

/// <summary>A migration of code.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Which it is.</param>
/// <param name="Source">The name of its type.</param>
/// <param name="At">Where its id is written.</param>
/// <param name="Requires">What it says that it requires, as far as that is written out.</param>
/// <param name="RequiresAt">Where that is written.</param>
internal sealed record CodeMigration(INamedTypeSymbol Type, MigrationId Id, string Source, Location At, IReadOnlyList<MigrationId> Requires, Location RequiresAt);
