using System.Text.Json;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Querying;

/// <summary>Reads a row of some columns, and says which query it was where it does not fit.</summary>
internal static class ProjectedRow
{
    public static TResult Read<TResult>(EntityInfo entity, ResultRow row, Func<ResultRow, TResult> read)
    {
        try
        {
            return read(row);
        }
        catch (ColumnValueException value)
        {
            throw Failure(entity, value.Column, $"Column {value.Column} {value.Reason}. {value.NextStep}", value);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or FormatException or JsonException)
        {
            throw Failure(entity, column: null, exception.Message + " Correct the row, or change the type that is selected.", exception);
        }
    }

    /// <summary>One value of those of several requests.</summary>
    public static TResult Combine<TResult>(EntityInfo entity, IReadOnlyList<TResult> values, Func<TResult, TResult, TResult> combine)
    {
        try
        {
            return values.Aggregate(combine);
        }
        catch (OverflowException exception)
        {
            throw Failure(entity, column: null, exception.Message + " Change the type that is selected.", exception);
        }
    }

    private static RowMappingException Failure(EntityInfo entity, string? column, string message, Exception cause)
        => new($"A selected row of {entity.Schema}.{entity.Table} in {entity.Database} cannot be read. {message}", cause)
        {
            Database = entity.Database,
            Entity = entity.Name,
            Column = column,
        };
}
