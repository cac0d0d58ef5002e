using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>
/// Takes the values of a statement from generated code, in the order of its parameters. Over SQL each becomes a typed parameter: nothing is
/// boxed, and the server is told the type instead of guessing it. Over REST the same values become a body or the values of filters.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ParameterBinder
{
    private readonly NpgsqlParameterCollection? _parameters;
    private readonly ValueSink? _sink;

    /// <summary>Makes a binder that adds parameters.</summary>
    /// <param name="parameters">Receives the parameters.</param>
    public ParameterBinder(NpgsqlParameterCollection parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
    }

    /// <summary>Makes a binder for values that do not travel as parameters.</summary>
    internal ParameterBinder(ValueSink sink) => _sink = sink;

    /// <summary>A binder that adds parameters.</summary>
    /// <param name="parameters">Receives the parameters.</param>
    public static implicit operator ParameterBinder(NpgsqlParameterCollection parameters) => new(parameters);

    /// <summary>Adds one value; null becomes NULL of the type.</summary>
    /// <typeparam name="T">The type that travels.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">Its PostgreSQL type.</param>
    public void Add<T>(T value, NpgsqlDbType type)
    {
        if (_parameters is not null)
        {
            _parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        }
        else
        {
            _sink!.Add(value, type);
        }
    }

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
        if (_sink is not null)
        {
            _sink.AddColumn(ValuesOf(rows, value), type);
            return;
        }

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
