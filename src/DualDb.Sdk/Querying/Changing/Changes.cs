using System.ComponentModel;
using System.Numerics;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>
/// What an update sets. The generated <c>…Changes</c> of an entity adds one method per column that can be set; key, version and times are the
/// SDK's own.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TSelf">The generated type.</typeparam>
public abstract class Changes<TEntity, TColumns, TSelf>
    where TEntity : class
    where TColumns : struct
    where TSelf : Changes<TEntity, TColumns, TSelf>
{
    private readonly List<Assignment<TEntity>> _assignments = [];

    internal IReadOnlyList<Assignment<TEntity>> Assignments => _assignments;

    /// <summary>Adds to a number; NULL stays NULL.</summary>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="column">The column: <c>o => o.Total</c>.</param>
    /// <param name="amount">How much; below zero to subtract.</param>
    /// <exception cref="ArgumentException">The column is set already, or is not one to set.</exception>
    public TSelf Add<T>(Func<TColumns, Column<TEntity, T>> column, T amount)
        where T : struct, INumber<T>
    {
        var target = Settable(column);
        return Assign(new AddAssignment<TEntity, T>(target, target.Codec, amount));
    }

    /// <inheritdoc cref="Add{T}(Func{TColumns, Column{TEntity, T}}, T)"/>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="amount">How much; below zero to subtract.</param>
    public TSelf Add<T>(Func<TColumns, Column<TEntity, T?>> column, T amount)
        where T : struct, INumber<T>
    {
        var target = Settable(column);
        return Assign(new AddAssignment<TEntity, T?>(target, target.Codec, amount));
    }

    /// <summary>Sets a column to the value of another column of the same row, as it was before the update.</summary>
    /// <typeparam name="T">The type of both columns.</typeparam>
    /// <param name="column">The column that is set.</param>
    /// <param name="source">The column, or what is computed from one, whose value it is given.</param>
    /// <exception cref="ArgumentException">The column is set already, or is not one to set.</exception>
    public TSelf Copy<T>(Func<TColumns, Column<TEntity, T>> column, Func<TColumns, Column<TEntity, T>> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (target, origin) = (Settable(column), source(default).Operand);
        var cast = target.Codec.Cast is { } type && !type.Equals(origin.Codec.Cast, StringComparison.Ordinal) ? type : null;
        return Assign(new CopyAssignment<TEntity>(target, origin, cast));
    }

    /// <summary>Sets a column to a value; for generated code.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <typeparam name="TWire">The type that travels.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="value">The value in the form that travels; null for NULL.</param>
    /// <param name="type">The PostgreSQL type.</param>
    /// <exception cref="ArgumentException">The column is set already.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TSelf Assign<T, TWire>(ColumnDefinition<TEntity, T> column, TWire value, NpgsqlDbType type)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Assign(new ValueAssignment<TEntity, TWire>(column, value, type, column.Codec.Cast));
    }

    private static ColumnDefinition<TEntity, T> Settable<T>(Func<TColumns, Column<TEntity, T>> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var operand = column(default).Operand;
        return operand is ColumnDefinition<TEntity, T> { IsSettable: true } settable
            ? settable
            : throw new ArgumentException($"{operand.Name} of {typeof(TEntity).Name} cannot be set: it is the key, kept by the SDK, or computed. Name another column.", nameof(column));
    }

    private TSelf Assign(Assignment<TEntity> assignment)
    {
        if (_assignments.Exists(other => ReferenceEquals(other.Column, assignment.Column)))
        {
            throw new ArgumentException($"{assignment.Column.Name} of {typeof(TEntity).Name} is set twice in one update. Set it once.", nameof(assignment));
        }

        _assignments.Add(assignment);
        return (TSelf)this;
    }
}
