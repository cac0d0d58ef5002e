using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>The C# that says how the values of a column travel in queries.</summary>
internal static class CodecCode
{
    private const string Codec = "global::DualDb.Mapping.ColumnCodec";
    private const string Runtime = "global::DualDb.Mapping.ColumnValue.";

    /// <summary>The expression of a column's codec.</summary>
    public static string Of(ColumnSpec column)
    {
        // A value that is compared need not fit into the column: nothing is longer than varchar(3) but still not equal to what is in it.
        var relaxed = column with { Scalar = column.Scalar with { MaxLength = null, Precision = null } };
        var codec = relaxed.IsCollection ? Items(relaxed) : Scalar(relaxed);
        return !column.IsNullable ? codec : OrNull(codec, column.IsValueType);
    }

    private static string Scalar(ColumnSpec column)
    {
        var scalar = column.Scalar;
        var wire = WireTypes.Of(scalar);
        var encode = ScalarEncoding.Encode(column, "value");
        var decode = Decode(column, "wire");

        // Of two arrays PostgreSQL compares only those of one type: a varchar[] is not found beside a text[].
        var type = column.IsCollection && scalar.Storage == StorageKind.Varchar ? "global::NpgsqlTypes.NpgsqlDbType.Varchar" : WireTypes.DbType(scalar);
        var cast = scalar.CastType is { } castType ? ", " + Identifier.Literal(castType) : "";
        return encode == "value" && decode == "wire" && wire == scalar.ClrType
            ? $"{Codec}.Plain<{wire}>({type}{cast})"
            : $"{Codec}.Of<{scalar.ClrType}, {wire}>({type}, static value => {encode}, static wire => {decode}{cast})";
    }

    private static string Items(ColumnSpec column)
    {
        var scalar = column.Scalar;
        var element = Scalar(column);
        var mark = column.ElementIsNullable ? "?" : "";
        var item = column.ElementIsNullable ? OrNull(element, scalar.IsValueType) : element;
        var encode = ColumnCode.EncodeGiven(column, "value");
        var decode = ColumnCode.Collect(column, Elements(column));
        return $"{Codec}.Items<{column.NotNullType}, {scalar.ClrType}{mark}, {WireTypes.Of(scalar)}{mark}>({item}, static value => {encode}, static wire => {decode})";
    }

    // In a query JSON is read as text: what Npgsql would make of it itself has another type than what is sent.
    private static string Elements(ColumnSpec column)
    {
        if (column.Scalar.Kind is not (ScalarKind.JsonDocument or ScalarKind.JsonElement))
        {
            return ColumnCode.DecodeItems(column, static _ => "wire");
        }

        var decode = column.ElementIsNullable
            ? $"item is {{ }} element ? {Decode(column, "element")} : {(column.Scalar.IsValueType ? $"default({column.Scalar.ClrType}?)" : "null")}"
            : Decode(column, "item");
        return $"{Runtime}ReadItems(wire, static item => {decode})";
    }

    private static string Decode(ColumnSpec column, string wire) => column.Scalar.Kind switch
    {
        ScalarKind.JsonDocument => $"{Runtime}ReadJsonDocument({wire})",
        ScalarKind.JsonElement => $"{Runtime}ReadJsonElement({wire})",
        _ => ScalarDecoding.Decode(column, wire),
    };

    private static string OrNull(string codec, bool isValueType) => $"{Codec}.{(isValueType ? "OrNull" : "OrNullReference")}({codec})";
}
