using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators.Parsing;

/// <summary>The databases that a handler's code asks <c>EventContext</c> for.</summary>
/// <param name="neon">Whether it asks for a transaction in Neon.</param>
/// <param name="supabase">Whether it asks for one in Supabase.</param>
internal sealed class HandlerTargets(bool neon, bool supabase)
{
    public bool Both { get; } = neon && supabase;

    /// <summary>The database, where it is exactly one.</summary>
    public DatabaseKind? Single { get; } = neon == supabase ? null : neon ? DatabaseKind.Neon : DatabaseKind.Supabase;

    public bool Asks(DatabaseKind database) => database == DatabaseKind.Neon ? neon : supabase;

    /// <summary>Looks through all parts of a class, and what is nested in them.</summary>
    public static HandlerTargets Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var (neon, supabase) = (false, false);
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            SemanticModel? model = null;
            foreach (var node in reference.GetSyntax(cancellationToken).DescendantNodes())
            {
                // By the text first: binding a name costs more than reading it.
                if (node is IdentifierNameSyntax { Identifier.ValueText: "Neon" or "Supabase" } name
                    && IsOfContext(model ??= compilation.GetSemanticModel(reference.SyntaxTree), name, cancellationToken))
                {
                    neon |= name.Identifier.ValueText == "Neon";
                    supabase |= name.Identifier.ValueText == "Supabase";
                }
            }
        }

        return new HandlerTargets(neon, supabase);
    }

    private static bool IsOfContext(SemanticModel model, IdentifierNameSyntax name, CancellationToken cancellationToken)
        => model.GetSymbolInfo(name, cancellationToken).Symbol is IPropertySymbol property && EventNames.Is(property.ContainingType, "EventContext");
}
