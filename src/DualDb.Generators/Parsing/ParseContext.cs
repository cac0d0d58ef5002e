using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>One entity being parsed, and what is wrong with it so far.</summary>
internal sealed class ParseContext(INamedTypeSymbol entity, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
{
    public INamedTypeSymbol Entity { get; } = entity;

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether something was met that rules out complete code, reported or left to the compiler to report.</summary>
    public bool HasFaults { get; private set; }

    /// <summary>Reports a problem; the entity's name is put before the arguments.</summary>
    public void Report(ProblemKind kind, ISymbol symbol, AttributeData? attribute, params string[] arguments)
    {
        HasFaults = true;
        if (sink is null)
        {
            return;
        }

        var all = new string[arguments.Length + 1];
        all[0] = Entity.Name;
        arguments.CopyTo(all, 1);
        sink(new Problem(kind, symbol, attribute, all));
    }

    /// <summary>Notes a fault that the compiler reports itself, such as a type that does not exist.</summary>
    public void MarkFaulty() => HasFaults = true;

    /// <summary>A type as messages show it.</summary>
    public static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
