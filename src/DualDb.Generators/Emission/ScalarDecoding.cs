using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>How what travelled becomes the value of a member.</summary>
internal static class ScalarDecoding
{
    private const string Runtime = "global::DualDb.Mapping.ColumnValue.";

    /// <summary>The expression that reads a value that is not NULL from the row.</summary>
    public static string Read(ColumnSpec column)
    {
        var ordinal = Identifier.Number(column.Ordinal);
        var scalar = column.Scalar;
        if (scalar.Kind is ScalarKind.JsonDocument or ScalarKind.JsonElement)
        {
            return $"row.GetFieldValue<{scalar.ClrType}>({ordinal})";
        }

        return Decode(column, $"row.{WireTypes.Getter(scalar)}{ordinal})");
    }

    /// <summary>The expression that turns what travelled into the value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="wire">The expression of what travelled.</param>
    public static string Decode(ColumnSpec column, string wire)
    {
        var scalar = column.Scalar;
        var name = Identifier.Literal(column.Name);
        if (scalar.Enum is { AsText: true })
        {
            return $"{column.Member}FromText({wire})";
        }

        return scalar.Kind switch
        {
            ScalarKind.Char => $"{Runtime}ReadCharacter({wire}, {name})",
            ScalarKind.JsonObject => $"{Runtime}ReadJson({wire}, {column.Member}Json, {name})",
            ScalarKind.DateTime when scalar.Storage == StorageKind.TimestampTz => $"{Runtime}ReadUtc({wire})",
            ScalarKind.Single or ScalarKind.Double when WireTypes.Of(scalar) != scalar.ClrType => $"({scalar.ClrType}){wire}",
            _ when ScalarEncoding.IsInteger(scalar.Kind) => Integer(scalar, wire),
            _ => wire,
        };
    }

    /// <summary>Whether what travelled is the value.</summary>
    public static bool IsIdentity(ColumnSpec column) => Decode(column, "") == "";

    private static string Integer(ScalarSpec scalar, string wire)
    {
        var keyword = ScalarEncoding.Keyword(scalar.Kind);
        var wireType = WireTypes.Of(scalar);
        var number = keyword == wireType ? wire : IsWidening(scalar) ? $"({keyword}){wire}" : $"checked(({keyword}){wire})";
        return scalar.Enum is null ? number : $"({scalar.ClrType}){number}";
    }

    // A column narrower than its member.
    private static bool IsWidening(ScalarSpec scalar) => scalar.Kind switch
    {
        ScalarKind.Int32 => scalar.Storage == StorageKind.Smallint,
        ScalarKind.Int64 => scalar.Storage is StorageKind.Smallint or StorageKind.Integer,
        _ => false,
    };
}
