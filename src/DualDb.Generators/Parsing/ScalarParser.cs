using System.Globalization;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>How the value of a member, or one element of it, is stored.</summary>
internal static class ScalarParser
{
    /// <summary>The scalar and the column's type; null, and a report, where there is none.</summary>
    public static (ScalarSpec Spec, string PostgresType)? Parse(ParseContext context, MappedMember member, ITypeSymbol type, bool isElement)
    {
        if (Identify(context, member, type) is not { } scalar)
        {
            return null;
        }

        var asked = Annotations.Named(member.Annotations.Column, "Type") as string;
        if (asked is not null && scalar.Enum is { Type: not null } overridden)
        {
            scalar = scalar with { Enum = overridden with { Type = null } };
        }

        var declared = asked ?? OwnType(scalar.Enum, isElement);
        if (declared is null)
        {
            var suffix = isElement ? "[]" : "";
            return (scalar, PostgresTypes.Name(scalar.Storage) + (scalar.Kind == ScalarKind.UInt64 ? "(20,0)" : "") + suffix);
        }

        var name = PostgresTypeName.Parse(declared);
        if (name is null || name.IsArray != isElement || Store(scalar, name) is not { } stored)
        {
            context.Report(
                ProblemKind.UnsupportedColumnType, member.Property, member.Annotations.Column, member.Name, ParseContext.Display(member.Property.Type), declared);
            return null;
        }

        return (stored, declared.Trim());
    }

    private static string? OwnType(EnumSpec? spec, bool isElement)
        => spec?.Type is { } type ? PostgresTypeName.Quote(type.Schema) + "." + PostgresTypeName.Quote(type.Name) + (isElement ? "[]" : "") : null;

    private static ScalarSpec? Identify(ParseContext context, MappedMember member, ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.TypeParameter)
        {
            // That the entity is generic is reported where it is declared.
            context.MarkFaulty();
            return null;
        }

        var annotations = member.Annotations;
        if (annotations.StoredAsText is { } storedAsText && type.TypeKind != TypeKind.Enum)
        {
            context.Report(ProblemKind.StoredAsTextNotEnum, member.Property, storedAsText, member.Name, ParseContext.Display(type));
            return null;
        }

        if (annotations.Jsonb is not null)
        {
            return JsonbRules.Parse(context, member, type);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType)
        {
            return OfEnum(enumType, annotations);
        }

        var rangeOf = ScalarTypes.RangeOf(type);
        if ((rangeOf is null ? ScalarTypes.KindOf(type) : ScalarKind.Range) is not { } kind)
        {
            context.Report(ProblemKind.UnsupportedMemberType, member.Property, null, member.Name, ParseContext.Display(member.Property.Type));
            return null;
        }

        return new ScalarSpec
        {
            Kind = kind,
            ClrType = TypeNames.NotNull(type),
            IsValueType = type.IsValueType,
            Storage = ScalarTypes.DefaultStorage(kind, rangeOf),
            RangeOf = rangeOf,
        };
    }

    private static ScalarSpec OfEnum(INamedTypeSymbol type, MemberAnnotations annotations)
    {
        var own = Annotations.Find(type, "PostgresEnumAttribute");
        var asText = own is not null || annotations.StoredAsText is not null || Annotations.Find(type, "StoredAsTextAttribute") is not null;
        var kind = ScalarTypes.KindOf(type.EnumUnderlyingType!)!.Value;
        return new ScalarSpec
        {
            Kind = kind,
            ClrType = TypeNames.NotNull(type),
            IsValueType = true,
            Storage = asText ? StorageKind.Text : ScalarTypes.DefaultStorage(kind, rangeOf: null),
            Enum = new EnumSpec(
                asText,
                asText ? EnumMembers.Of(type) : default,
                Annotations.FirstText(own) is { } name ? new PostgresEnumSpec(Annotations.Named(own, "Schema") as string ?? "public", name) : null),
        };
    }

    // How the scalar is held in a column of the declared type; null where it cannot be.
    private static ScalarSpec? Store(ScalarSpec scalar, PostgresTypeName declared)
    {
        var kind = scalar.Enum is { AsText: true } ? ScalarKind.Char : scalar.Kind;
        if (declared.Storage is { } storage)
        {
            if (ScalarTypes.CanTravelAs(kind, scalar.RangeOf, storage))
            {
                return WithLimits(scalar, storage, declared);
            }

            // Everything has a text form, and a text can hold the form of everything; other mixtures are a mistake.
            if (!ScalarTypes.IsText(storage) && !ScalarTypes.IsText(scalar.Storage))
            {
                return null;
            }
        }

        return scalar with { CastType = declared.Name };
    }

    private static ScalarSpec? WithLimits(ScalarSpec scalar, StorageKind storage, PostgresTypeName declared)
    {
        var modifiers = declared.Modifiers;
        scalar = scalar with { Storage = storage };
        switch (storage)
        {
            // `char` and `character` mean char(1); `varchar` and `bpchar` have no limit.
            case StorageKind.Char when modifiers.Length == 0 && declared.Name != "bpchar":
                return scalar with { MaxLength = 1 };
            case StorageKind.Varchar or StorageKind.Char when modifiers.Length > 0:
                return modifiers.Length == 1 && modifiers[0] > 0 ? scalar with { MaxLength = modifiers[0] } : null;
            case StorageKind.Numeric when modifiers.Length > 0:
                return modifiers.Length <= 2 && modifiers[0] is > 0 and <= 1000
                    ? scalar with { Precision = modifiers[0], Scale = modifiers.Length == 2 ? modifiers[1] : 0 }
                    : null;
            default:
                return scalar;
        }
    }
}

/// <summary>The members of enums that are stored by name.</summary>
internal static class EnumMembers
{
    public static EquatableArray<EnumMemberSpec> Of(INamedTypeSymbol type)
    {
        var members = new System.Collections.Generic.List<EnumMemberSpec>();
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: System.IConvertible constant } field)
            {
                var value = constant.ToString(CultureInfo.InvariantCulture);
                members.Add(new EnumMemberSpec(field.Name, value, members.Exists(earlier => earlier.Value == value), CannotBeNamed(field)));
            }
        }

        return members.ToEquatableArray();
    }

    private static bool CannotBeNamed(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (TypeNames.Is(attribute.AttributeClass, "System", "ObsoleteAttribute")
                && attribute.ConstructorArguments.Length == 2
                && attribute.ConstructorArguments[1].Value is true)
            {
                return true;
            }
        }

        return false;
    }
}
