using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Mapping;
using DualDb.Shapes;

namespace DualDb.IntegrationTests.Repositories.Load;

/// <summary>A caller whose types are not known where it is run.</summary>
internal interface ICaller
{
    /// <summary>Makes one random call and checks its answer.</summary>
    Task StepAsync();

    /// <summary>Checks that the table holds what this caller wrote and nothing else of it.</summary>
    Task AssertKeptAsync();
}

/// <summary>
/// One of many that use a repository at the same time. It owns the rows of its own numbers, knows what they must be, and checks every
/// answer against that.
/// </summary>
internal sealed class Caller<TEntity, TKey, TTransaction> : ICaller
    where TEntity : class
    where TKey : notnull
    where TTransaction : DatabaseTransaction
{
    // No caller gets as far as this.
    private const int Unused = 31_000;

    private readonly Shape<TEntity, TKey, TTransaction> _shape;
    private readonly Place _place;
    private readonly IRepository<TEntity, TKey, TTransaction> _rows;
    private readonly EntityInfo _info = EntityFacts.Of(typeof(TEntity));
    private readonly Traits _traits = Traits.Of(typeof(TEntity));
    private readonly Dictionary<TKey, TEntity> _mine = [];
    private readonly Func<Task>[] _calls;
    private readonly Random _random;
    private int _number;

    public Caller(Shape<TEntity, TKey, TTransaction> shape, Place place, int firstNumber, Random random)
    {
        _shape = shape;
        _place = place;
        _rows = (IRepository<TEntity, TKey, TTransaction>)place.RepositoryOf(shape.RepositoryType);
        _number = firstNumber;
        _random = random;
        _calls =
        [
            InsertAsync, InsertAsync, FindAsync, FindAsync, FindAsync, FindManyAsync, FindManyAsync, InsertFewAsync, InsertManyAsync, UpdateAsync, UpdateAsync,
            UpsertAsync, UpsertFewAsync, DeleteAsync, ExistsAsync, ListAsync, StreamAsync, CommitAsync, RollBackAsync, RefusedAsync,
        ];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A caller that owns nothing yet can only insert.
    public Task StepAsync() => _mine.Count == 0 ? InsertAsync() : _calls[_random.Next(_calls.Length)]();

    public async Task AssertKeptAsync()
    {
        foreach (var (key, row) in _mine)
        {
            AssertSame(row, await _rows.FindAsync(key, Token));
        }
    }

    private async Task InsertAsync() => Keep(await _rows.InsertAsync(Next(), Token));

    private async Task InsertFewAsync() => KeepAll(await _rows.InsertManyAsync(Next(5), Token));

    private async Task InsertManyAsync() => KeepAll(await _rows.InsertManyAsync(Next(Place.CopyThreshold + 1), Token));

    private async Task FindAsync()
    {
        var row = Any();
        AssertSame(row, await _rows.FindAsync(KeyOf(row), Token));
    }

    private async Task ExistsAsync()
    {
        var present = Any();
        Assert.True(await _rows.ExistsAsync(KeyOf(present), Token));
        Assert.False(await _rows.ExistsAsync(KeyOf(_shape.MakeWithKey(Unused)), Token));
    }

    private async Task FindManyAsync()
    {
        TKey[] keys = [.. Enumerable.Range(0, _random.Next(20)).Select(_ => KeyOf(Any()))];
        AssertSame(keys.Select(key => _mine[key]), await _rows.FindManyAsync(keys, Token));
    }

    private async Task UpdateAsync()
    {
        var changed = _shape.Change(Any(), _number++);
        var stored = await _rows.UpdateAsync(changed, Token);
        AssertGiven(changed, stored);
        Keep(stored);
    }

    private async Task UpsertAsync()
    {
        var row = _random.Next(2) == 0 ? _shape.Change(Any(), _number++) : _shape.MakeWithKey(_number++);
        var stored = await _rows.UpsertAsync(row, Token);
        AssertGiven(row, stored);
        Keep(stored);
    }

    private async Task UpsertFewAsync() => KeepAll(await _rows.UpsertManyAsync([_shape.Change(Any(), _number++), _shape.MakeWithKey(_number++)], Token));

    private async Task DeleteAsync()
    {
        var key = KeyOf(Any());
        Assert.True(await _rows.DeleteAsync(key, Token));
        _mine.Remove(key);
        Assert.Null(await _rows.FindAsync(key, Token));
    }

    private async Task ListAsync()
    {
        foreach (var row in await _rows.ListAsync(50, Token))
        {
            if (_mine.TryGetValue(KeyOf(row), out var known))
            {
                AssertSame(known, row);
            }
        }
    }

    private async Task StreamAsync()
    {
        var end = _random.Next(2) == 0 ? int.MaxValue : 5;
        var seen = 0;
        var known = 0;
        await foreach (var row in _rows.StreamAsync(Token))
        {
            if (_mine.TryGetValue(KeyOf(row), out var mine))
            {
                AssertSame(mine, row);
                known++;
            }

            if (++seen == end)
            {
                return;
            }
        }

        Assert.Equal(_mine.Count, known);
    }

    private async Task CommitAsync()
    {
        await using var transaction = (TTransaction)await _place.BeginAsync(_info.Database);
        var inserted = await _rows.InsertManyAsync(Next(3), transaction, Token);
        var updated = await _rows.UpdateAsync(_shape.Change(inserted[1], _number++), transaction, Token);
        Assert.True(await _rows.DeleteAsync(KeyOf(inserted[2]), transaction, Token));
        await transaction.CommitAsync(Token);
        KeepAll([inserted[0], updated]);
    }

    private async Task RollBackAsync()
    {
        TEntity inserted;
        await using (var transaction = (TTransaction)await _place.BeginAsync(_info.Database))
        {
            inserted = await _rows.InsertAsync(Next(), transaction, Token);
            AssertSame(inserted, await _rows.FindAsync(KeyOf(inserted), transaction, Token));
        }

        Assert.Null(await _rows.FindAsync(KeyOf(inserted), Token));
    }

    private async Task RefusedAsync()
    {
        var row = Any();
        await Assert.ThrowsAsync<ConstraintViolationException>(() => _rows.InsertAsync(row, Token));
    }

    private TEntity Any() => _mine.ElementAt(_random.Next(_mine.Count)).Value;

    private TEntity Next() => _shape.Make(_number++);

    private List<TEntity> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private TKey KeyOf(TEntity row) => _shape.KeyOf(row);

    private void Keep(TEntity row) => _mine[KeyOf(row)] = row;

    private void KeepAll(IEnumerable<TEntity> rows)
    {
        foreach (var row in rows)
        {
            Keep(row);
        }
    }

    private void AssertSame(TEntity expected, TEntity? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Canonical.Row(expected, _traits.Stored), Canonical.Row(actual, _traits.Stored));
    }

    private void AssertSame(IEnumerable<TEntity> expected, IEnumerable<TEntity> actual)
        => Assert.Equal(Canonical.Rows(expected, _traits.Stored), Canonical.Rows(actual, _traits.Stored));

    private void AssertGiven(TEntity expected, TEntity actual)
        => Assert.Equal(Canonical.Row(expected, _traits.Given), Canonical.Row(actual, _traits.Given));
}
