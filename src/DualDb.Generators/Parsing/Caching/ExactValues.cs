using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which columns can be compared by the cache as PostgreSQL compares them.</summary>
internal static class ExactValues
{
    /// <summary>
    /// Whether values that differ in .NET differ in PostgreSQL. Of a type that is not known here nobody can say what it holds for equal, unless the value is one that has a single text.
    /// </summary>
    public static bool Are(ColumnSpec column)
    {
        var scalar = column.Scalar;
        return scalar.Enum is not null
            || (scalar.CastType is null
                ? scalar.Storage != StorageKind.Char
                : scalar.Kind is ScalarKind.Byte or ScalarKind.SByte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.UInt32
                    or ScalarKind.Int64 or ScalarKind.UInt64 or ScalarKind.Boolean or ScalarKind.Guid);
    }
}
