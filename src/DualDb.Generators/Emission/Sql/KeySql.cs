using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Keys that the database draws from a sequence.</summary>
internal static class KeySql
{
    /// <summary>The next key. The function takes the table as SQL would spell it, and the column as it is.</summary>
    public static string NextValue(EntitySpec entity)
        => $"nextval(pg_get_serial_sequence({PostgresIdentifier.Literal(PostgresIdentifier.Table(entity))}, {PostgresIdentifier.Literal(entity.Columns[entity.Key[0]].Name)}))";

    public static string Reserve(EntitySpec entity)
        => $"""
            select {NextValue(entity)}
            from generate_series(1, $1)
            """;
}
