using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>What emission asks of an entity again and again.</summary>
internal static class EntityFacts
{
    /// <summary>The column with a role, or null.</summary>
    public static ColumnSpec? With(this EntitySpec entity, ColumnRole role)
    {
        foreach (var column in entity.Columns)
        {
            if (column.Role == role)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>Whether the database draws the key from a sequence.</summary>
    public static bool KeyIsSequence(this EntitySpec entity)
        => entity.KeyIsGenerated && entity.Columns[entity.Key[0]].Scalar.Kind != ScalarKind.Guid;

    /// <summary>The condition that a row is not marked deleted; null where rows are not marked.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="prefix">The table's alias and a dot, or nothing.</param>
    public static string? LiveCondition(this EntitySpec entity, string prefix = "")
        => entity.With(ColumnRole.SoftDelete) is { } mark ? LiveCondition(mark, prefix) : null;

    /// <summary>The condition that a row is not marked as deleted.</summary>
    public static string LiveCondition(ColumnSpec mark, string prefix = "")
        => mark.IsNullable ? prefix + Sql.ColumnSql.Name(mark) + " is null" : "not " + prefix + Sql.ColumnSql.Name(mark);

    /// <summary>The SQL of the present, as a column of that type takes it.</summary>
    public static string Now(ColumnSpec column)
        => column.Scalar.Storage == StorageKind.Timestamp ? "(now() at time zone 'utc')" : "now()";
}
