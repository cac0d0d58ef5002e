using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Npgsql;

namespace DualDb.RawSql;

/// <summary>Chooses how rows become values of a type: plain values by Npgsql, everything else by Dapper.</summary>
internal static class RowParser
{
    /// <summary>The function that reads the current row.</summary>
    [RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
    [RequiresDynamicCode(RawSqlRequirements.DynamicCode)]
    public static Func<NpgsqlDataReader, T> For<T>(NpgsqlDataReader reader)
    {
        if (ScalarReader.Reads(typeof(T)))
        {
            return ScalarReader.Read<T>;
        }

        ColumnNameMap.Register(typeof(T));
        Func<DbDataReader, T> parser = reader.GetRowParser<T>();
        return parser;
    }
}
