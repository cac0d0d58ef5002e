using System;
using System.Threading;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Reads a type with <c>[Projection&lt;T&gt;]</c>: symbols in, plain facts out.</summary>
internal static class ProjectionParser
{
    /// <summary>The facts of a projection; null for a type that is none, or one that nothing can be generated for.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="sink">Is told of each problem; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ProjectionSpec? Parse(INamedTypeSymbol type, Compilation compilation, Action<Problem>? sink, CancellationToken cancellationToken)
    {
        if (Annotations.Find(type, "ProjectionAttribute") is not { AttributeClass.TypeArguments.Length: 1 } attribute
            || attribute.AttributeClass.TypeArguments[0] is not INamedTypeSymbol entity)
        {
            return null;
        }

        var context = new ParseContext(type, compilation, sink, cancellationToken);
        ProjectionDeclaration.Check(context);
        if (EntityHeader.Of(entity) is null)
        {
            context.Report(ProblemKind.ProjectionOfNonEntity, type, attribute, entity.Name);
            return null;
        }

        // What is wrong with the entity is told where it is declared.
        var facts = EntityParser.Parse(entity, compilation, sink: null, cancellationToken)!;
        if (entity.DeclaringSyntaxReferences.Length > 0 && facts.Level != EmissionLevel.Full)
        {
            return null;
        }

        var members = new ProjectionMembers(context, entity, facts);
        var construction = members.Choose();
        return context.HasFaults || construction is null
            ? null
            : new ProjectionSpec(
                TypeNames.Describe(type),
                facts.Type.FullName,
                facts.Type.Sibling(facts.Type.Name + "Map"),
                members.Columns,
                construction,
                members.Initialized);
    }
}
