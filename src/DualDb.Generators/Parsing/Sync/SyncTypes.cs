using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which columns hold the same values.</summary>
internal static class SyncTypes
{
    /// <summary>Whether both columns are of one type.</summary>
    public static bool AreEqual(ColumnSpec left, ColumnSpec right) => Normal(left) == Normal(right);

    /// <summary>Whether every value of one column is held by another, and shown there as the same text.</summary>
    public static bool Holds(ColumnSpec from, ColumnSpec to)
    {
        if (AreEqual(from, to))
        {
            return true;
        }

        // What is held as it is in a type of the user's is only the same in the same type.
        if (from.IsCollection || to.IsCollection || from.Scalar.CastType is not null || to.Scalar.CastType is not null)
        {
            return false;
        }

        return (from.Scalar.Storage, to.Scalar.Storage) switch
        {
            (StorageKind.Smallint, StorageKind.Integer or StorageKind.Bigint) or (StorageKind.Integer, StorageKind.Bigint) => true,
            (StorageKind.Varchar, StorageKind.Text) => true,
            (StorageKind.Text or StorageKind.Varchar, StorageKind.Varchar) => to.Scalar.MaxLength is not { } most || from.Scalar.MaxLength <= most,
            (StorageKind.Numeric, StorageKind.Numeric) => to.Scalar.Precision is null,
            _ => false,
        };
    }

    /// <summary>Whether a column holds numbers that can be added up exactly.</summary>
    public static bool IsCountable(ColumnSpec column)
        => column is { IsCollection: false, Scalar: { CastType: null, Enum: null, Storage: StorageKind.Smallint or StorageKind.Integer or StorageKind.Bigint or StorageKind.Numeric } };

    /// <summary>Whether PostgreSQL can say whether two values of a column are the same.</summary>
    public static bool HasEquality(ColumnSpec column)
        => column.Scalar.CastType is { } type ? type is not ("xml" or "point" or "line" or "lseg" or "box" or "path" or "polygon" or "circle") : column.Scalar.Storage != StorageKind.Json;

    // `int4` and `integer` are one type; so are `numeric(12,2)` and `decimal(12, 2)`.
    private static string Normal(ColumnSpec column)
    {
        if (PostgresTypeName.Parse(column.PostgresType) is not { } name)
        {
            return column.PostgresType;
        }

        var modifiers = name.Modifiers;
        if (name.Storage == StorageKind.Char && modifiers.Length == 0 && name.Name != "bpchar")
        {
            modifiers = [1];
        }
        else if (name.Storage == StorageKind.Numeric && modifiers.Length == 1)
        {
            modifiers = [modifiers[0], 0];
        }

        return (name.Storage is { } storage ? PostgresTypes.Name(storage) : name.Name) + "(" + string.Join(",", modifiers) + ")" + (name.IsArray ? "[]" : "");
    }
}
