using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>What PostgreSQL would refuse, said in the terms of the query.</summary>
internal static class QueryRules
{
    /// <summary>The transaction of a query that reads rows; one that locks them needs one.</summary>
    public static DatabaseTransaction? TransactionFor<TEntity>(EntityInfo entity, QueryState<TEntity> state, string operation, bool canLock = true)
        where TEntity : class
    {
        if (state.Lock == RowLock.None)
        {
            return state.Transaction;
        }

        if (!canLock || state.IsDistinct)
        {
            throw CannotLock(entity, operation);
        }

        return state.Transaction ?? throw new InvalidOperationException(
            $"{operation} of {entity.Name}: a query that locks rows needs a transaction, without which the locks end with the statement. Begin one, and call In(transaction).");
    }

    /// <summary>Rows that are counted or grouped are no rows of the table any more.</summary>
    public static void RefuseLock<TEntity>(EntityInfo entity, QueryState<TEntity> state, string operation)
        where TEntity : class
    {
        if (state.Lock != RowLock.None)
        {
            throw CannotLock(entity, operation);
        }
    }

    /// <summary>A result is kept where it may be told to fall, and where it is the same for everybody.</summary>
    public static void RequireCacheable<TEntity>(EntityInfo entity, QueryState<TEntity> state, bool mayCache)
        where TEntity : class
    {
        if (!mayCache)
        {
            throw new InvalidOperationException(
                $"A query over {entity.Name} cannot be cached: the entity has no [CachedFor], so that nobody would be told of its changes. Add the attribute.");
        }

        if (state.Transaction is not null || state.Lock != RowLock.None)
        {
            throw new InvalidOperationException(
                $"A query over {entity.Name} within a transaction, or one that locks rows, cannot be cached: it sees what others may not. Leave out Cached.");
        }
    }

    public static void RequireSelectedOrder<TEntity>(EntityInfo entity, QueryState<TEntity> state, IReadOnlyList<Operand<TEntity>> selected)
        where TEntity : class
    {
        var missing = state.IsDistinct ? state.Order.FirstOrDefault(term => !selected.Any(operand => IsOrderedAsSelected(operand, term.Operand))) : null;
        if (missing is not null)
        {
            throw new InvalidOperationException(
                $"A distinct selection of {entity.Name} is ordered by {missing.Operand.Name}, which is not selected, or selected as text. Select it as well, or order by a selected column.");
        }
    }

    // What is computed is another instance each time; its SQL tells, as it does PostgreSQL.
    private static bool IsOrderedAsSelected<TEntity>(Operand<TEntity> selected, Operand<TEntity> ordered)
        where TEntity : class
    {
        var (read, sorted) = (new SqlWriter(), new SqlWriter());
        selected.WriteSelectSql(read);
        ordered.WriteSql(sorted);
        return string.Equals(read.ToString(), sorted.ToString(), StringComparison.Ordinal);
    }

    private static InvalidOperationException CannotLock(EntityInfo entity, string operation)
        => new($"{operation} of {entity.Name}: rows that are counted, grouped or distinct cannot be locked. Leave out ForUpdate, SkipLocked and NoWait.");
}
