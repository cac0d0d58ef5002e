using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What <c>[Jsonb]</c> can be put on.</summary>
internal static class JsonbRules
{
    /// <summary>The scalar of a member stored as JSON; null, and a report, where its type has no serialisation.</summary>
    public static ScalarSpec? Parse(ParseContext context, MappedMember member, ITypeSymbol type)
    {
        var attribute = member.Annotations.Jsonb!;
        var serializer = Annotations.FirstType(attribute);
        if (serializer is null)
        {
            return Raw(context, member, type, attribute);
        }

        if (serializer.TypeKind == TypeKind.Error)
        {
            context.MarkFaulty();
            return null;
        }

        if (!IsContext(serializer) || !context.Compilation.IsSymbolAccessibleWithin(serializer, context.Compilation.Assembly))
        {
            context.Report(ProblemKind.JsonbNotAContext, member.Property, attribute, member.Name, ParseContext.Display(serializer));
            return null;
        }

        if (!Lists(serializer, type))
        {
            context.Report(
                ProblemKind.JsonbTypeNotListed, member.Property, attribute, member.Name, ParseContext.Display(type), ParseContext.Display(serializer));
            return null;
        }

        return Spec(ScalarKind.JsonObject, type) with { JsonContext = TypeNames.Plain(serializer) };
    }

    // Without a context only what is JSON already can be stored.
    private static ScalarSpec? Raw(ParseContext context, MappedMember member, ITypeSymbol type, AttributeData attribute)
    {
        if (ScalarTypes.KindOf(type) is ScalarKind.String or ScalarKind.JsonDocument or ScalarKind.JsonElement)
        {
            return Spec(ScalarTypes.KindOf(type)!.Value, type);
        }

        context.Report(ProblemKind.JsonbNeedsContext, member.Property, attribute, member.Name, ParseContext.Display(type));
        return null;
    }

    private static ScalarSpec Spec(ScalarKind kind, ITypeSymbol type) => new()
    {
        Kind = kind,
        ClrType = TypeNames.NotNull(type),
        IsValueType = type.IsValueType,
        Storage = StorageKind.Jsonb,
    };

    private static bool IsContext(ITypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (TypeNames.Is(current, "System.Text.Json.Serialization", "JsonSerializerContext"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Lists(ITypeSymbol jsonContext, ITypeSymbol type)
    {
        foreach (var attribute in jsonContext.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, "System.Text.Json.Serialization", "JsonSerializableAttribute")
                && Annotations.FirstType(attribute) is { } listed
                && SymbolEqualityComparer.Default.Equals(ColumnParser.Unwrap(listed).Type, type))
            {
                return true;
            }
        }

        return false;
    }
}
