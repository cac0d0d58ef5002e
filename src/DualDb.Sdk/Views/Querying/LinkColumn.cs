using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Querying;
using Npgsql;

namespace DualDb.Views;

/// <summary>One end of a path between two members: the column that holds the key, whether NULL or not.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LinkColumn<TEntity, TKey>
    where TEntity : class
    where TKey : notnull
{
    private readonly Func<IReadOnlyList<TKey>, Filter<TEntity>> _in;
    private readonly Operand<TEntity> _operand;
    private readonly Func<ResultRow, TKey> _read;
    private readonly Filter<TEntity> _given;

    internal LinkColumn(
        Operand<TEntity> operand,
        Func<IReadOnlyList<TKey>, Filter<TEntity>> @in,
        Func<ResultRow, TKey> read,
        Filter<TEntity> given)
    {
        _operand = operand;
        _in = @in;
        _read = read;
        _given = given;
    }

    /// <summary>The rows whose column holds one of the keys.</summary>
    internal Filter<TEntity> In(IReadOnlyList<TKey> keys) => _in(keys);

    /// <summary>The keys that rows hold, each once.</summary>
    internal QueryText<TEntity> Select(QueryFacts facts, Filter<TEntity> filter)
        => new SelectText<TEntity>(facts, new QueryState<TEntity> { Filter = filter & _given, IsDistinct = true }, new OperandSelection<TEntity>([_operand]));

    /// <summary>A key of that select.</summary>
    internal TKey Read(ResultRow row) => _read(row);
}

/// <summary>Makes the ends of paths.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinkColumn
{
    /// <summary>A column that always holds a key.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="column">The column.</param>
    public static LinkColumn<TEntity, TKey> Of<TEntity, TKey>(Column<TEntity, TKey> column)
        where TEntity : class
        where TKey : notnull
        => new(column.Operand, keys => column.In(keys), row => column.Operand.Codec.Read(row, 0), Filter<TEntity>.All);

    /// <summary>A column that may hold a key.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="column">The column.</param>
    public static LinkColumn<TEntity, TKey> OfNullable<TEntity, TKey>(Column<TEntity, TKey?> column)
        where TEntity : class
        where TKey : struct
        => new(
            column.Operand,
            keys => column.In(keys.Select(static key => (TKey?)key)),
            row => column.Operand.Codec.Read(row, 0)!.Value,
            column.IsNotNull());

    /// <inheritdoc cref="OfNullable{TEntity, TKey}(Column{TEntity, TKey?})"/>
    public static LinkColumn<TEntity, TKey> OfNullableText<TEntity, TKey>(Column<TEntity, TKey?> column)
        where TEntity : class
        where TKey : class
        => new(
            column.Operand,
            keys => column.In(keys),
            row => column.Operand.Codec.Read(row, 0)!,
            column.IsNotNull());
}
