using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Turns mapped members into columns.</summary>
internal static class ColumnParser
{
    /// <summary>The members that can be columns, each with its column, in order. The others are reported.</summary>
    public static List<MappedColumn> Parse(ParseContext context, List<MappedMember> members)
    {
        var columns = new List<MappedColumn>(members.Count);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ParseColumn(context, member, columns.Count) is not { } column)
            {
                continue;
            }

            columns.Add(new MappedColumn(member, column));
            if (names.TryGetValue(column.Name, out var other))
            {
                context.Report(ProblemKind.DuplicateColumn, member.Property, member.Annotations.Column, member.Name, column.Name, other);
            }
            else
            {
                names.Add(column.Name, member.Name);
            }
        }

        return columns;
    }

    private static ColumnSpec? ParseColumn(ParseContext context, MappedMember member, int ordinal)
    {
        var property = member.Property;
        if (HasError(property.Type))
        {
            context.MarkFaulty();
            return null;
        }

        var (type, isNullable) = Unwrap(property.Type);

        // In code without nullable annotations nothing says that a string is never null; a key never is.
        isNullable &= member.Annotations.Key is null || property.Type.NullableAnnotation != NullableAnnotation.None;
        if (!context.Compilation.IsSymbolAccessibleWithin(type, context.Compilation.Assembly))
        {
            context.Report(ProblemKind.InaccessibleMemberType, property, null, member.Name, ParseContext.Display(property.Type));
            return null;
        }

        var name = Annotations.FirstText(member.Annotations.Column) ?? Naming.SnakeCase(property.Name);
        NameRules.Check(context, property, member.Annotations.Column, "column", name);
        if (property.Name == context.Entity.Name + "Columns")
        {
            // The type of that name has a property per member, and C# lets none be called like its type.
            context.Report(ProblemKind.GeneratedNameTaken, property, null, property.Name);
        }

        var (collection, element) = member.Annotations.Jsonb is null ? Collections.Unwrap(type) : (CollectionKind.None, type);
        var (elementType, elementIsNullable) = collection == CollectionKind.None ? (type, false) : Unwrap(element);
        if (ScalarParser.Parse(context, member, elementType, collection != CollectionKind.None) is not { } scalar)
        {
            return null;
        }

        if (elementIsNullable && element.NullableAnnotation == NullableAnnotation.None)
        {
            type = Collections.WithNullableElements(context.Compilation, type, element);
        }

        var notNullType = TypeNames.NotNull(type);
        return new ColumnSpec
        {
            Ordinal = ordinal,
            Member = property.Name,
            Name = name,
            MemberType = notNullType + (isNullable ? "?" : ""),
            NotNullType = notNullType,
            IsNullable = isNullable,
            IsValueType = type.IsValueType,
            Collection = collection,
            ElementIsNullable = elementIsNullable,
            Scalar = scalar.Spec,
            PostgresType = scalar.PostgresType,
            Role = RoleOf(member.Annotations),
            GetterIsPrivate = member.Getter == MemberAccess.Private,
            DefaultSql = Annotations.FirstText(member.Annotations.DefaultSql),
            Comment = Annotations.FirstText(member.Annotations.Comment),
            RenamedFrom = Annotations.FirstText(member.Annotations.RenamedFrom),
            IsSensitive = member.Annotations.Sensitive is not null || Sensitivity.Holds(property.Type),
            TypeIsAsVisibleAsEntity = Visibility.IsPublic(type) || !Visibility.IsPublic(context.Entity),
        };
    }

    private static ColumnRole RoleOf(MemberAnnotations annotations)
        => annotations.Key is not null ? ColumnRole.Key
            : annotations.Version is not null ? ColumnRole.Version
            : annotations.CreatedAt is not null ? ColumnRole.CreatedAt
            : annotations.UpdatedAt is not null ? ColumnRole.UpdatedAt
            : annotations.SoftDelete is not null ? ColumnRole.SoftDelete
            : ColumnRole.None;

    /// <summary>A type without its outer <c>?</c>, and whether it had one (or nothing says that it is never null).</summary>
    public static (ITypeSymbol Type, bool IsNullable) Unwrap(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? (nullable.TypeArguments[0], true)
            : type.IsReferenceType
                ? (type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), type.NullableAnnotation != NullableAnnotation.NotAnnotated)
                : (type, false);

    private static bool HasError(ITypeSymbol type)
    {
        switch (type)
        {
            case IErrorTypeSymbol:
                return true;
            case IArrayTypeSymbol array:
                return HasError(array.ElementType);
            case INamedTypeSymbol named:
                foreach (var argument in named.TypeArguments)
                {
                    if (HasError(argument))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }
}
