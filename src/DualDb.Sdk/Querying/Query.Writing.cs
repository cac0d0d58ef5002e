using DualDb.Errors;
using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb;

// What changes rows.
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
{
    /// <summary>
    /// Updates the rows in one statement, their versions and times as well. With <see cref="Take"/> the first rows only.
    /// </summary>
    /// <param name="set">What is set: <c>set => set.Status(OrderStatus.Shipped).Add(o => o.Total, 5)</c>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many rows were updated.</returns>
    /// <exception cref="InvalidOperationException">There is no condition; ask for <see cref="AllRows"/> by name.</exception>
    /// <exception cref="ArgumentException">Nothing is set, or a column twice.</exception>
    /// <exception cref="InvalidEntityException">A value was refused before anything was sent.</exception>
    /// <exception cref="ConstraintViolationException">A unique value is taken, or a referenced row is missing; nothing was updated.</exception>
    public async Task<long> UpdateAsync(Action<TChanges> set, CancellationToken cancellationToken = default)
    {
        RequireCondition("UpdateAsync");
        var changes = ChangeSet.Of<TEntity, TColumns, TChanges>(set, "UpdateAsync", _source.Entity);
        return await ChangeAsync("UpdateAsync", changes.Assignments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Deletes the rows in one statement, or marks them deleted where the entity has a <see cref="SoftDeleteAttribute"/>. With <see cref="Take"/> the
    /// first rows only.
    /// </summary>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many rows were deleted.</returns>
    /// <exception cref="InvalidOperationException">There is no condition; ask for <see cref="AllRows"/> by name.</exception>
    /// <exception cref="ConstraintViolationException">A row is still referenced; nothing was deleted.</exception>
    public async Task<long> DeleteAsync(CancellationToken cancellationToken = default)
    {
        RequireCondition("DeleteAsync");
        return await ChangeAsync("DeleteAsync", assignments: null, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> ChangeAsync(string operation, IReadOnlyList<Assignment<TEntity>>? assignments, CancellationToken cancellationToken)
    {
        if (_state.IsDistinct)
        {
            throw new InvalidOperationException($"{operation} of {_source.Entity.Name}: what is distinct is not a row that could be changed. Leave out Distinct.");
        }

        if (_state.MatchesNothing)
        {
            return 0;
        }

        // Rows that are marked already are not marked again.
        var state = assignments is null && _source.Facts.Mark is not null ? _state with { IncludesDeleted = false } : _state;
        var text = new ChangeText<TEntity>(_source.Facts, Ordered(state), assignments);
        return await _source.ChangeAsync(operation, text, _state.Transaction, cancellationToken).ConfigureAwait(false);
    }

    private void RequireCondition(string operation)
    {
        if (!_state.HasFilter && !_state.MeansAllRows)
        {
            throw new InvalidOperationException(
                $"{operation} of {_source.Entity.Name}: there is no condition, so that every row of {_source.Entity.Schema}.{_source.Entity.Table} in {_source.Entity.Database} would be meant. "
                + "Add Where, or call AllRows() if that is what you want.");
        }
    }
}
