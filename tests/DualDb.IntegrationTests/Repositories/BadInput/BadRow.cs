using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Mapping;
using DualDb.Shapes;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>A mistake whose types are not known where it is tried.</summary>
internal interface IBadRow
{
    Task AloneAsync();

    Task InTransactionAsync();
}

/// <summary>Hands one bad row to every write.</summary>
internal sealed class BadRow<TEntity, TKey, TTransaction>(Mistake<TEntity, TKey, TTransaction> mistake, Place place) : IBadRow
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    private const int Few = 5;
    private const int Many = Place.CopyThreshold * 2;

    private readonly IRepository<TEntity, TKey, TTransaction> _rows = (IRepository<TEntity, TKey, TTransaction>)place.RepositoryOf(mistake.Shape.RepositoryType);
    private readonly EntityInfo _info = EntityFacts.Of(typeof(TEntity));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task AloneAsync()
    {
        await place.ClearAsync(_info, mistake.Shape.Before);
        var good = await _rows.InsertAsync(mistake.Shape.Make(0), Token);

        await AssertRefusedAsync(null, () => _rows.InsertAsync(Bad(1), Token));
        await AssertRefusedAsync(null, () => _rows.UpsertAsync(Bad(1), Token));
        await AssertRefusedAsync(3, () => _rows.InsertManyAsync(Around(Bad(4), 3, Few), Token));
        await AssertRefusedAsync(30, () => _rows.InsertManyAsync(Around(Bad(31), 30, Many), Token));
        await AssertRefusedAsync(3, () => _rows.UpsertManyAsync(Around(Bad(4), 3, Few), Token));
        await AssertRefusedAsync(30, () => _rows.UpsertManyAsync(Around(Bad(31), 30, Many), Token));
        await AssertRefusedAsync(null, () => _rows.UpdateAsync(mistake.Spoil(mistake.Shape.Change(good, 1)), Token));

        Assert.Equal(1, await _rows.CountAsync(Token));
        await _rows.InsertAsync(mistake.Shape.Make(1), Token);
    }

    public async Task InTransactionAsync()
    {
        await place.ClearAsync(_info, mistake.Shape.Before);
        await using (var transaction = (TTransaction)await place.BeginAsync(_info.Database))
        {
            await _rows.InsertAsync(mistake.Shape.Make(0), transaction, Token);
            await AssertRefusedAsync(null, () => _rows.InsertAsync(Bad(1), transaction, Token));
            await AssertRefusedAsync(3, () => _rows.InsertManyAsync(Around(Bad(4), 3, Few), transaction, Token));
            await AssertRefusedAsync(30, () => _rows.InsertManyAsync(Around(Bad(31), 30, Many), transaction, Token));
            await _rows.InsertAsync(mistake.Shape.Make(1), transaction, Token);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal(2, await _rows.CountAsync(Token));
    }

    private TEntity Bad(int number) => mistake.Spoil(mistake.Shape.Make(number));

    /// <summary>Good rows with the bad one among them.</summary>
    private List<TEntity> Around(TEntity bad, int index, int count)
        => [.. Enumerable.Range(0, count).Select(number => number == index ? bad : mistake.Shape.Make(number + 1))];

    private async Task AssertRefusedAsync(int? rowIndex, Func<Task> write)
    {
        using var statements = StatementCounter.Start();

        var exception = await Assert.ThrowsAsync<InvalidEntityException>(write);

        Assert.Equal(0, statements.Count);
        Assert.Equal(mistake.Column, exception.Column);
        Assert.Equal(rowIndex, exception.RowIndex);
        Refusal.AssertHelps(exception, _info.Name, _info.Database, mistake.Column);
    }
}
