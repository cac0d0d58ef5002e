using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>What can be a key.</summary>
internal static class KeyRules
{
    /// <summary>The ordinals of the key's columns, in the order of the key, and whether the database makes it.</summary>
    public static (EquatableArray<int> Key, bool IsGenerated) Parse(ParseContext context, List<MappedColumn> columns, bool anyKeyMember)
    {
        var key = columns.FindAll(column => column.Column.Role == ColumnRole.Key);
        if (!anyKeyMember && !context.Entity.IsStatic)
        {
            context.Report(ProblemKind.NoKey, context.Entity, null);
        }

        var isGenerated = false;
        foreach (var part in key)
        {
            CheckType(context, part);
            if (Annotations.Named(part.Annotations.Key, "Generated") is true)
            {
                isGenerated = true;
                CheckGenerated(context, part, isComposite: key.Count > 1);
            }
        }

        // List.Sort is not stable, so the ordinal breaks ties.
        key.Sort(static (left, right) => OrderOf(left) != OrderOf(right) ? OrderOf(left).CompareTo(OrderOf(right)) : left.Column.Ordinal.CompareTo(right.Column.Ordinal));
        return (key.ConvertAll(static part => part.Column.Ordinal).ToEquatableArray(), isGenerated);
    }

    private static int OrderOf(MappedColumn part) => Annotations.Named(part.Annotations.Key, "Order") is int order ? order : 0;

    // A key is compared and looked up by value in memory too: arrays compare by reference, and JSON has no order of its own.
    private static void CheckType(ParseContext context, MappedColumn part)
    {
        var column = part.Column;
        if (column.IsNullable
            || column.IsCollection
            || ScalarTypes.IsJson(column.Scalar.Storage)
            || column.Scalar.Kind is ScalarKind.ByteArray or ScalarKind.Range)
        {
            context.Report(ProblemKind.UnsupportedKeyType, part.Property, part.Annotations.Key, part.Property.Name, part.DisplayType);
        }
    }

    private static void CheckGenerated(ParseContext context, MappedColumn part, bool isComposite)
    {
        var scalar = part.Column.Scalar;
        if (isComposite)
        {
            context.Report(ProblemKind.GeneratedCompositeKey, part.Property, part.Annotations.Key, part.Property.Name);
        }
        else if (scalar is not
        {
            Enum: null,
            CastType: null,
            Kind: ScalarKind.Int16 or ScalarKind.Int32 or ScalarKind.Int64 or ScalarKind.Guid,
            Storage: StorageKind.Smallint or StorageKind.Integer or StorageKind.Bigint or StorageKind.Uuid,
        })
        {
            context.Report(ProblemKind.UnsupportedGeneratedKeyType, part.Property, part.Annotations.Key, part.Property.Name, part.DisplayType);
        }
    }
}
