using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the declaration of an event must be like.</summary>
internal static class EventDeclaration
{
    public static void Check(ParseContext context)
    {
        var type = context.Entity;
        if (type.IsStatic || type.IsAbstract)
        {
            Refuse(context, type, $"it is {(type.IsStatic ? "static" : "abstract")}, so that reading could make no instance of it", "Remove the modifier");
        }

        if (type.IsRefLikeType)
        {
            Refuse(context, type, "it is a ref struct, which cannot be kept until it is published", "Remove the ref modifier");
        }

        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.TypeParameters.Length > 0)
            {
                Refuse(context, current, $"'{current.Name}' is generic, and one name stands for one type of event", "Remove the type parameters");
            }

            if (DeclarationRules.HiddenAs(current) is { } hidden)
            {
                Refuse(context, current, $"'{current.Name}' is {hidden}, so that generated code elsewhere in the project cannot name it", $"Make '{current.Name}' internal or public");
            }

            if (!DeclarationRules.IsPartial(current))
            {
                Refuse(context, current, $"'{current.Name}' is not partial, so nothing can be added to it", $"Add the partial modifier to '{current.Name}'");
            }
        }
    }

    private static void Refuse(ParseContext context, INamedTypeSymbol type, string why, string next)
        => context.Report(ProblemKind.EventShape, type, null, why, next);
}
