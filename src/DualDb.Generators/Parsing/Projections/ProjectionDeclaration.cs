using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the declaration of a projection must be like.</summary>
internal static class ProjectionDeclaration
{
    public static void Check(ParseContext context)
    {
        var projection = context.Entity;
        if (projection.IsStatic || projection.IsAbstract)
        {
            Refuse(context, projection, $"it is {(projection.IsStatic ? "static" : "abstract")}, so no row can become an instance of it", "Remove the modifier");
        }

        for (var type = projection; type is not null; type = type.ContainingType)
        {
            if (type.TypeParameters.Length > 0)
            {
                Refuse(context, type, $"'{type.Name}' is generic, and a selection has one fixed list of columns", "Remove the type parameters");
            }

            if (type.IsFileLocal)
            {
                Refuse(context, type, $"'{type.Name}' is file-local, so that generated code in another file cannot name it", "Make it internal");
            }

            if (!DeclarationRules.IsPartial(type))
            {
                Refuse(context, type, $"'{type.Name}' is not partial, so nothing can be added to it", $"Add the partial modifier to '{type.Name}'");
            }
        }
    }

    private static void Refuse(ParseContext context, INamedTypeSymbol type, string why, string next)
        => context.Report(ProblemKind.ProjectionShape, type, null, why, next);
}
