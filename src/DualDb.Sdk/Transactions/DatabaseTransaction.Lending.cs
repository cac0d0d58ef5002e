using DualDb.RawSql;
using Npgsql;

namespace DualDb;

public abstract partial class DatabaseTransaction
{
    private string? _borrower;
    private IReadOnlyList<NpgsqlBatchCommand> _last = [];

    /// <summary>Hands the transaction to a user's code that must not end it, since what belongs to its end is its owner's.</summary>
    /// <param name="borrower">The code, for the message.</param>
    internal void LendTo(string borrower) => _borrower = borrower;

    /// <summary>Takes the transaction back, to end it.</summary>
    internal void TakeBack() => _borrower = null;

    /// <summary>Takes the transaction back and commits it, with statements that travel in front of the commit and decide with it: where one fails, nothing is committed.</summary>
    /// <param name="last">The statements.</param>
    /// <exception cref="ConstraintViolationException">A statement met a row that another has written; everything was rolled back.</exception>
    internal Task CommitWithAsync(IReadOnlyList<NpgsqlBatchCommand> last)
    {
        _borrower = null;
        _last = last;
        return CommitAsync(CancellationToken.None);
    }

    /// <summary>Refuses SQL of the borrower's own that would end the transaction.</summary>
    /// <exception cref="InvalidOperationException">It would.</exception>
    internal void RefuseEndBy(SqlInterpolation sql)
    {
        if (_borrower is not null && EndingStatement.IsIn(sql.Sql))
        {
            RefuseBorrower();
        }
    }

    private void RefuseBorrower()
    {
        if (_borrower is not null)
        {
            throw new InvalidOperationException(
                $"This {Database} transaction is ended by whoever handed it to {_borrower}: what belongs to its end would be missing. Return to commit it, or throw to roll it back.");
        }
    }
}
