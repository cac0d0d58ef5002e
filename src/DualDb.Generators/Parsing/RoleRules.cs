using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What columns with a meaning (<c>[Version]</c>, <c>[CreatedAt]</c>, <c>[UpdatedAt]</c>, <c>[SoftDelete]</c>) must be like.</summary>
internal static class RoleRules
{
    public static void Check(ParseContext context, List<MappedColumn> columns)
    {
        var seen = new Dictionary<ColumnRole, string>();
        foreach (var column in columns)
        {
            CheckConflict(context, column);
            CheckType(context, column);
            var role = column.Column.Role;
            if (role is ColumnRole.None or ColumnRole.Key)
            {
                continue;
            }

            if (seen.TryGetValue(role, out var other))
            {
                context.Report(ProblemKind.DuplicateAttribute, column.Property, AttributeOf(column), column.Property.Name, role.ToString(), other);
            }
            else
            {
                seen.Add(role, column.Property.Name);
            }
        }
    }

    private static void CheckType(ParseContext context, MappedColumn column)
    {
        var name = column.Property.Name;
        switch (column.Column.Role)
        {
            case ColumnRole.Version when !IsVersion(column.Column):
                context.Report(ProblemKind.VersionType, column.Property, AttributeOf(column), name, column.DisplayType);
                break;
            case ColumnRole.CreatedAt or ColumnRole.UpdatedAt when !IsTime(column.Column):
                context.Report(ProblemKind.TimestampType, column.Property, AttributeOf(column), name, column.Column.Role.ToString(), column.DisplayType);
                break;
            case ColumnRole.SoftDelete when !IsFlag(column.Column) && !(IsTime(column.Column) && column.Column.IsNullable):
                context.Report(ProblemKind.SoftDeleteType, column.Property, AttributeOf(column), name, column.DisplayType);
                break;
            default:
                break;
        }
    }

    private static bool IsVersion(ColumnSpec column) => column is
    {
        IsNullable: false,
        IsCollection: false,
        Scalar: { Kind: ScalarKind.Int32 or ScalarKind.Int64, Enum: null, CastType: null, Storage: StorageKind.Integer or StorageKind.Bigint },
    };

    private static bool IsTime(ColumnSpec column) => column is
    {
        IsCollection: false,
        Scalar: { Kind: ScalarKind.DateTime or ScalarKind.DateTimeOffset, CastType: null, Storage: StorageKind.Timestamp or StorageKind.TimestampTz },
    };

    private static bool IsFlag(ColumnSpec column) => column is
    {
        IsNullable: false,
        IsCollection: false,
        Scalar: { Kind: ScalarKind.Boolean, CastType: null },
    };

    private static void CheckConflict(ParseContext context, MappedColumn column)
    {
        var attributes = column.Annotations;
        AttributeData? first = null;
        foreach (var attribute in new[] { attributes.Key, attributes.Version, attributes.CreatedAt, attributes.UpdatedAt, attributes.SoftDelete })
        {
            if (attribute is null)
            {
                continue;
            }

            if (first is not null)
            {
                context.Report(ProblemKind.ConflictingAttributes, column.Property, attribute, column.Property.Name, NameOf(first), NameOf(attribute));
            }

            first ??= attribute;
        }
    }

    private static string NameOf(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name;
        return name.Substring(0, name.Length - "Attribute".Length);
    }

    private static AttributeData? AttributeOf(MappedColumn column) => column.Column.Role switch
    {
        ColumnRole.Version => column.Annotations.Version,
        ColumnRole.CreatedAt => column.Annotations.CreatedAt,
        ColumnRole.UpdatedAt => column.Annotations.UpdatedAt,
        ColumnRole.SoftDelete => column.Annotations.SoftDelete,
        _ => null,
    };
}
