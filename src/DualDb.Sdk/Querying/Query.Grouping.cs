using DualDb.Querying;

namespace DualDb;

// What rows are grouped by.
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
{
    /// <summary>
    /// Groups the rows by a column: <c>GroupBy(o => o.Status).Select(g => g.Key, g => g.Count(), g => g.Sum(o => o.Total))</c>. An order and a limit given
    /// before are left; order groups after.
    /// </summary>
    /// <typeparam name="TKey">The type of the column.</typeparam>
    /// <param name="key">The column, or what is computed from one.</param>
    public GroupedQuery<TEntity, Group<TEntity, TColumns, TKey>> GroupBy<TKey>(Func<TColumns, Column<TEntity, TKey>> key)
    {
        var operand = Operand(key);
        return Grouped([operand], new Group<TEntity, TColumns, TKey>(new Column<TEntity, TKey>(operand)));
    }

    /// <summary>Groups the rows by two columns, which the groups have as <c>First</c> and <c>Second</c>.</summary>
    /// <typeparam name="TFirst">The type of the first column.</typeparam>
    /// <typeparam name="TSecond">The type of the second column.</typeparam>
    /// <param name="first">The first column.</param>
    /// <param name="second">The second column.</param>
    public GroupedQuery<TEntity, Group<TEntity, TColumns, TFirst, TSecond>> GroupBy<TFirst, TSecond>(
        Func<TColumns, Column<TEntity, TFirst>> first, Func<TColumns, Column<TEntity, TSecond>> second)
    {
        var (one, two) = (Operand(first), Operand(second));
        return Grouped([one, two], new Group<TEntity, TColumns, TFirst, TSecond>(new Column<TEntity, TFirst>(one), new Column<TEntity, TSecond>(two)));
    }

    private GroupedQuery<TEntity, TGroup> Grouped<TGroup>(IReadOnlyList<Operand<TEntity>> keys, TGroup group)
        where TGroup : struct
    {
        if (_state.IsLimited || _state.IsDistinct)
        {
            throw new InvalidOperationException(
                $"GroupBy of {_source.Entity.Name}: Take, Skip and Distinct before GroupBy would mean other rows than they say. Call them after GroupBy, where they concern the groups.");
        }

        QueryRules.RefuseLock(_source.Entity, _state, "GroupBy");
        return new GroupedQuery<TEntity, TGroup>(_source, _state with { Order = [] }, keys, Filter<TEntity>.All, group);
    }
}
