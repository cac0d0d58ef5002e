using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>
/// Adds positional parameters for generated code. Every value travels in a typed parameter: nothing is boxed, and the server
/// is told the type instead of guessing it.
/// </summary>
/// <param name="parameters">Receives the parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterBinder(NpgsqlParameterCollection parameters)
{
    /// <summary>Adds one value; null becomes NULL of the type.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">Its PostgreSQL type.</param>
    public void Add<T>(T value, NpgsqlDbType type)
        => parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });

    /// <summary>Adds one array that holds a value of every row.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="value">The value of a row.</param>
    /// <param name="type">The PostgreSQL type of one value.</param>
    /// <exception cref="ColumnValueException">A value does not fit; the exception tells its row.</exception>
    public void AddColumn<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value, NpgsqlDbType type)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(value);
        Add(ValuesOf(rows, value), NpgsqlDbType.Array | type);
    }

    /// <summary>
    /// Adds a column whose values are arrays, as three parameters: the elements of all rows one after another, and for every row the
    /// places of its first and last element. PostgreSQL's arrays are rectangular and <c>unnest</c> flattens them, so that an array of
    /// arrays cannot carry rows of different lengths. A null array has null places; an empty one ends before it begins.
    /// </summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="T">The type of an element that travels.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="value">The array of a row.</param>
    /// <param name="type">The PostgreSQL type of one element.</param>
    /// <exception cref="ColumnValueException">A value does not fit; the exception tells its row.</exception>
    public void AddArrayColumn<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T[]?> value, NpgsqlDbType type)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(value);
        var elements = new List<T>();
        var from = new int?[rows.Count];
        var to = new int?[rows.Count];
        var arrays = ValuesOf(rows, value);
        for (var row = 0; row < arrays.Length; row++)
        {
            if (arrays[row] is { } array)
            {
                from[row] = elements.Count + 1;
                elements.AddRange(array);
                to[row] = elements.Count;
            }
        }

        Add(elements.ToArray(), NpgsqlDbType.Array | type);
        Add(from, NpgsqlDbType.Array | NpgsqlDbType.Integer);
        Add(to, NpgsqlDbType.Array | NpgsqlDbType.Integer);
    }

    private static T[] ValuesOf<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var row = 0; row < values.Length; row++)
        {
            try
            {
                values[row] = value(rows[row]);
            }
            catch (ColumnValueException exception) when (exception.RowIndex is null)
            {
                throw exception.InRow(row);
            }
        }

        return values;
    }
}
