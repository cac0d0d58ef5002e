using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the declaration of a saga must be like.</summary>
internal static class SagaDeclaration
{
    public static void Check(ParseContext context)
    {
        var type = context.Entity;
        if (type.IsStatic || type.IsAbstract)
        {
            Refuse(context, type, $"it is {(type.IsStatic ? "static" : "abstract")}, so that no instance of it can be made", "Remove the modifier");
        }

        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.TypeParameters.Length > 0)
            {
                Refuse(context, current, $"'{current.Name}' is generic, and one name stands for one saga", "Remove the type parameters");
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

        if (SagaNames.IsReserved(SagaNames.PropertyOf(type)))
        {
            Refuse(context, type, $"its property among the sagas of the root would be called '{SagaNames.PropertyOf(type)}', and so is another there", "Give the class another name");
        }
    }

    public static void Refuse(ParseContext context, ISymbol symbol, string why, string next)
        => context.Report(ProblemKind.SagaShape, symbol, null, why, next);
}
