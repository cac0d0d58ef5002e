using System;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DualDb.Analyzers.Events;

/// <summary>A call that writes to a database.</summary>
/// <param name="call">The call.</param>
/// <param name="database">The database.</param>
internal sealed class WritingCall(IInvocationOperation call, DatabaseKind database)
{
    private static readonly string[] Verbs = ["Insert", "Update", "Upsert", "Delete", "Patch"];

    private readonly SyntaxNode? _function = FunctionAround(call.Syntax);

    public DatabaseKind Database { get; } = database;

    public int Position { get; } = call.Syntax.Span.End;

    public Location Location => NameOf(call);

    /// <summary>
    /// Whether two calls may run one after the other: functions that lie side by side, such as the endpoints that one method maps, have nothing to do with each other.
    /// </summary>
    public bool RunsWith(WritingCall other) => Encloses(_function, other._function) || Encloses(other._function, _function);

    /// <summary>The database that a call of a repository or a query writes to; null for any other call.</summary>
    public static DatabaseKind? DatabaseOf(IInvocationOperation call) => StoreOf(call) is { } store ? DatabaseOf(store) : null;

    /// <summary>The entity that a call of a repository or a query writes; null for any other call.</summary>
    public static INamedTypeSymbol? EntityOf(IInvocationOperation call) => StoreOf(call)?.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>The name of what is called.</summary>
    public static Location NameOf(IInvocationOperation call) => call.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.GetLocation(),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name.GetLocation(),
        var syntax => syntax.GetLocation(),
    };

    /// <summary>What holds code, as messages show it.</summary>
    public static string Shown(ISymbol method) => method switch
    {
        { Name: WellKnownMemberNames.TopLevelStatementsEntryPointMethodName } => "The program",
        IMethodSymbol { AssociatedSymbol: { } owner } => owner.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => method.ContainingType.Name,
        _ => method.Name,
    };

    private static INamedTypeSymbol? StoreOf(IInvocationOperation call)
    {
        if (!IsWrite(call.TargetMethod.Name) || (call.Instance?.Type ?? call.TargetMethod.ContainingType) is not INamedTypeSymbol receiver)
        {
            return null;
        }

        if (DatabaseOf(receiver) is not null)
        {
            return receiver;
        }

        foreach (var contract in receiver.AllInterfaces)
        {
            if (DatabaseOf(contract) is not null)
            {
                return contract;
            }
        }

        return null;
    }

    // Repositories and queries name the transactions that they take last.
    private static DatabaseKind? DatabaseOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.IsEmpty || type.Name is not ("IRepository" or "Repository" or "CachedRepository" or "Query") || type.ContainingNamespace?.Name != "DualDb")
        {
            return null;
        }

        var transaction = type.TypeArguments[type.TypeArguments.Length - 1];
        return TypeNames.Is(transaction, "DualDb", "NeonTransaction") ? DatabaseKind.Neon
            : TypeNames.Is(transaction, "DualDb", "SupabaseTransaction") ? DatabaseKind.Supabase
            : null;
    }

    private static bool IsWrite(string name)
    {
        if (name.EndsWith("Async", StringComparison.Ordinal))
        {
            foreach (var verb in Verbs)
            {
                if (name.StartsWith(verb, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Encloses(SyntaxNode? outer, SyntaxNode? inner)
        => outer is null || (inner is not null && outer.SyntaxTree == inner.SyntaxTree && outer.Span.Contains(inner.Span));

    private static SyntaxNode? FunctionAround(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                return current;
            }
        }

        return null;
    }
}
