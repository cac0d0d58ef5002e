using DualDb.Mapping;
using DualDb.Querying;
using Npgsql;

namespace DualDb;

// What is selected of groups.
public sealed partial class GroupedQuery<TEntity, TGroup>
{
    /// <summary>Selects one value per group.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column, or what is computed from one.</param>
    public ProjectedQuery<TEntity, T> Select<T>(Func<TGroup, Column<TEntity, T>> column)
    {
        var operand = Operand(column);
        return Projected([operand], row => operand.Codec.Read(row, 0));
    }

    /// <summary>Selects two columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    public ProjectedQuery<TEntity, (T1, T2)> Select<T1, T2>(Func<TGroup, Column<TEntity, T1>> first, Func<TGroup, Column<TEntity, T2>> second)
    {
        var (o1, o2) = (Operand(first), Operand(second));
        return Projected([o1, o2], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1)));
    }

    /// <summary>Selects three columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3)> Select<T1, T2, T3>(Func<TGroup, Column<TEntity, T1>> first, Func<TGroup, Column<TEntity, T2>> second, Func<TGroup, Column<TEntity, T3>> third)
    {
        var (o1, o2, o3) = (Operand(first), Operand(second), Operand(third));
        return Projected([o1, o2, o3], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2)));
    }

    /// <summary>Selects four columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <typeparam name="T4">The type of the fourth column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    /// <param name="fourth">The fourth column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3, T4)> Select<T1, T2, T3, T4>(
        Func<TGroup, Column<TEntity, T1>> first,
        Func<TGroup, Column<TEntity, T2>> second,
        Func<TGroup, Column<TEntity, T3>> third,
        Func<TGroup, Column<TEntity, T4>> fourth)
    {
        var (o1, o2, o3, o4) = (Operand(first), Operand(second), Operand(third), Operand(fourth));
        return Projected([o1, o2, o3, o4], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2), o4.Codec.Read(row, 3)));
    }

    /// <summary>Selects five columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <typeparam name="T4">The type of the fourth column.</typeparam>
    /// <typeparam name="T5">The type of the fifth column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    /// <param name="fourth">The fourth column.</param>
    /// <param name="fifth">The fifth column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3, T4, T5)> Select<T1, T2, T3, T4, T5>(
        Func<TGroup, Column<TEntity, T1>> first,
        Func<TGroup, Column<TEntity, T2>> second,
        Func<TGroup, Column<TEntity, T3>> third,
        Func<TGroup, Column<TEntity, T4>> fourth,
        Func<TGroup, Column<TEntity, T5>> fifth)
    {
        var (o1, o2, o3, o4, o5) = (Operand(first), Operand(second), Operand(third), Operand(fourth), Operand(fifth));
        return Projected([o1, o2, o3, o4, o5], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2), o4.Codec.Read(row, 3), o5.Codec.Read(row, 4)));
    }

    /// <summary>Selects six columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <typeparam name="T4">The type of the fourth column.</typeparam>
    /// <typeparam name="T5">The type of the fifth column.</typeparam>
    /// <typeparam name="T6">The type of the sixth column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    /// <param name="fourth">The fourth column.</param>
    /// <param name="fifth">The fifth column.</param>
    /// <param name="sixth">The sixth column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3, T4, T5, T6)> Select<T1, T2, T3, T4, T5, T6>(
        Func<TGroup, Column<TEntity, T1>> first,
        Func<TGroup, Column<TEntity, T2>> second,
        Func<TGroup, Column<TEntity, T3>> third,
        Func<TGroup, Column<TEntity, T4>> fourth,
        Func<TGroup, Column<TEntity, T5>> fifth,
        Func<TGroup, Column<TEntity, T6>> sixth)
    {
        var (o1, o2, o3, o4, o5, o6) = (Operand(first), Operand(second), Operand(third), Operand(fourth), Operand(fifth), Operand(sixth));
        return Projected([o1, o2, o3, o4, o5, o6], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2), o4.Codec.Read(row, 3), o5.Codec.Read(row, 4), o6.Codec.Read(row, 5)));
    }

    /// <summary>Selects seven columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <typeparam name="T4">The type of the fourth column.</typeparam>
    /// <typeparam name="T5">The type of the fifth column.</typeparam>
    /// <typeparam name="T6">The type of the sixth column.</typeparam>
    /// <typeparam name="T7">The type of the seventh column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    /// <param name="fourth">The fourth column.</param>
    /// <param name="fifth">The fifth column.</param>
    /// <param name="sixth">The sixth column.</param>
    /// <param name="seventh">The seventh column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3, T4, T5, T6, T7)> Select<T1, T2, T3, T4, T5, T6, T7>(
        Func<TGroup, Column<TEntity, T1>> first,
        Func<TGroup, Column<TEntity, T2>> second,
        Func<TGroup, Column<TEntity, T3>> third,
        Func<TGroup, Column<TEntity, T4>> fourth,
        Func<TGroup, Column<TEntity, T5>> fifth,
        Func<TGroup, Column<TEntity, T6>> sixth,
        Func<TGroup, Column<TEntity, T7>> seventh)
    {
        var (o1, o2, o3, o4, o5, o6, o7) = (Operand(first), Operand(second), Operand(third), Operand(fourth), Operand(fifth), Operand(sixth), Operand(seventh));
        return Projected([o1, o2, o3, o4, o5, o6, o7], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2), o4.Codec.Read(row, 3), o5.Codec.Read(row, 4), o6.Codec.Read(row, 5), o7.Codec.Read(row, 6)));
    }

    /// <summary>Selects eight columns as a tuple.</summary>
    /// <typeparam name="T1">The type of the first column.</typeparam>
    /// <typeparam name="T2">The type of the second column.</typeparam>
    /// <typeparam name="T3">The type of the third column.</typeparam>
    /// <typeparam name="T4">The type of the fourth column.</typeparam>
    /// <typeparam name="T5">The type of the fifth column.</typeparam>
    /// <typeparam name="T6">The type of the sixth column.</typeparam>
    /// <typeparam name="T7">The type of the seventh column.</typeparam>
    /// <typeparam name="T8">The type of the eighth column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    /// <param name="third">The third column.</param>
    /// <param name="fourth">The fourth column.</param>
    /// <param name="fifth">The fifth column.</param>
    /// <param name="sixth">The sixth column.</param>
    /// <param name="seventh">The seventh column.</param>
    /// <param name="eighth">The eighth column.</param>
    public ProjectedQuery<TEntity, (T1, T2, T3, T4, T5, T6, T7, T8)> Select<T1, T2, T3, T4, T5, T6, T7, T8>(
        Func<TGroup, Column<TEntity, T1>> first,
        Func<TGroup, Column<TEntity, T2>> second,
        Func<TGroup, Column<TEntity, T3>> third,
        Func<TGroup, Column<TEntity, T4>> fourth,
        Func<TGroup, Column<TEntity, T5>> fifth,
        Func<TGroup, Column<TEntity, T6>> sixth,
        Func<TGroup, Column<TEntity, T7>> seventh,
        Func<TGroup, Column<TEntity, T8>> eighth)
    {
        var (o1, o2, o3, o4, o5, o6, o7, o8) = (Operand(first), Operand(second), Operand(third), Operand(fourth), Operand(fifth), Operand(sixth), Operand(seventh), Operand(eighth));
        return Projected([o1, o2, o3, o4, o5, o6, o7, o8], row => (o1.Codec.Read(row, 0), o2.Codec.Read(row, 1), o3.Codec.Read(row, 2), o4.Codec.Read(row, 3), o5.Codec.Read(row, 4), o6.Codec.Read(row, 5), o7.Codec.Read(row, 6), o8.Codec.Read(row, 7)));
    }

    private Operand<TEntity, T> Operand<T>(Func<TGroup, Column<TEntity, T>> column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column(_group).Operand;
    }

    private ProjectedQuery<TEntity, TResult> Projected<TResult>(IReadOnlyList<Operand<TEntity>> operands, Func<ResultRow, TResult> read)
        => new(_source, _state, new Projection<TEntity, TResult>(operands, read), [], new GroupClause<TEntity>(_keys, _having));
}
