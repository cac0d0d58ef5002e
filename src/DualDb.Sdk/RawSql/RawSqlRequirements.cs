namespace DualDb.RawSql;

/// <summary>Why reading rows of the user's own SQL is not for trimmed or natively compiled applications.</summary>
internal static class RawSqlRequirements
{
    public const string Reflection = "Dapper finds the members of the row's type by reflection. Use a repository, or ExecuteScalarAsync and GetDataSourceAsync.";

    public const string DynamicCode = "Dapper writes the code that reads rows at run time. Use a repository, or ExecuteScalarAsync and GetDataSourceAsync.";
}
