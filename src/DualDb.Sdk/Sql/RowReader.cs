using System.Globalization;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql;

/// <summary>Materialises rows, and finds the column at fault where one does not fit the model.</summary>
internal static class RowReader<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static TEntity Read(ResultRow row)
    {
        try
        {
            return TMap.Read(row);
        }
        catch (Exception exception)
        {
            throw Explain(row, exception);
        }
    }

    /// <summary>Reads the columns one by one: only the failing path pays for knowing which one it was.</summary>
    private static RowMappingException Explain(ResultRow row, Exception cause)
    {
        var columns = TMap.Info.Columns;
        for (var ordinal = 0; ordinal < columns.Count; ordinal++)
        {
            try
            {
                TMap.Probe(row, ordinal);
            }
            catch (Exception exception)
            {
                return Explain(row, ordinal, columns[ordinal], exception);
            }
        }

        // Every column reads well by itself, so the entity's own constructor or setter refused the row.
        return Failure(column: null, $"{TMap.Info.Name} refused the row: {cause.Message} Look at its constructor and setters, or at the row.", cause);
    }

    private static RowMappingException Explain(ResultRow row, int ordinal, ColumnInfo column, Exception cause)
    {
        var member = $"{TMap.Info.Name}.{column.Member}";
        var message = cause switch
        {
            ColumnValueException value => $"Column {column.Name} {value.Reason}. {value.NextStep}",
            _ when row.IsDBNull(ordinal) =>
                $"Column {column.Name} is NULL, but {member} does not accept null. Make the member nullable, or the column not null.",
            OverflowException =>
                $"Column {column.Name} holds a number that {member} cannot. Give the member a wider type, or correct the row.",
            InvalidCastException =>
                $"Column {column.Name} has the type {row.GetDataTypeName(ordinal)}, which cannot be read into {member} (expected {column.PostgresType}). "
                + "Change the column's type or the member's.",
            _ => $"Column {column.Name} cannot be read into {member}: {cause.Message} Correct the row, or change the member's type.",
        };
        return Failure(column.Name, message, cause);
    }

    private static RowMappingException Failure(string? column, string message, Exception cause)
    {
        var info = TMap.Info;
        var text = string.Create(CultureInfo.InvariantCulture, $"A row of {info.Schema}.{info.Table} in {info.Database} does not fit {info.Name}. {message}");
        return new RowMappingException(text, cause) { Database = info.Database, Entity = info.Name, Column = column };
    }
}
