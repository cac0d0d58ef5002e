using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation(Needs.Sql)]
    public async Task Transaction_that_is_committed_keeps_everything()
    {
        var before = await _rows.InsertManyAsync(MakeWithKeys(3), Token);

        await using var transaction = await BeginAsync();
        var expected = await WriteAsync(before, transaction);
        await AssertReadsAsync(expected, transaction);
        AssertSame(before, await _rows.FindManyAsync([.. before.Select(Key)], Token));
        Assert.Equal(before.Count, await _rows.CountAsync(Token));
        await transaction.CommitAsync(Token);

        await AssertHoldsAsync(expected);
    }

    [Operation(Needs.Sql)]
    public async Task Transaction_that_is_rolled_back_keeps_nothing()
    {
        var before = await _rows.InsertManyAsync(MakeWithKeys(3), Token);

        await using (var transaction = await BeginAsync())
        {
            await AssertReadsAsync(await WriteAsync(before, transaction), transaction);
        }

        await AssertHoldsAsync(before);
    }

    [Operation]
    public async Task Transaction_that_is_null_is_refused()
    {
        var row = _shape.MakeWithKey(1);
        TTransaction none = null!;

        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _rows.FindAsync(Key(row), none, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _rows.InsertAsync(row, none, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _rows.InsertManyAsync([row], none, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _rows.DeleteAsync(Key(row), none, Token));
        Assert.Equal(0, await _rows.CountAsync(Token));
    }

    /// <summary>Every write, and the rows that are there afterwards.</summary>
    private async Task<List<TEntity>> WriteAsync(IReadOnlyList<TEntity> before, TTransaction transaction)
    {
        List<TEntity> rows =
        [
            await _rows.InsertAsync(_shape.Make(1_000), transaction, Token),
            .. await _rows.InsertManyAsync(Make(2, first: 1_001), transaction, Token),
            .. await _rows.InsertManyAsync(Make(Place.CopyThreshold + 1, first: 1_010), transaction, Token),
            await _rows.UpdateAsync(_shape.Change(before[0], 1_100), transaction, Token),
            await _rows.UpsertAsync(_shape.Change(before[1], 1_101), transaction, Token),
            .. await _rows.UpsertManyAsync(MakeWithKeys(2, first: 1_102), transaction, Token),
        ];
        Assert.True(await _rows.DeleteAsync(Key(before[2]), transaction, Token));
        if (_traits.SoftDelete is not null)
        {
            rows.Add((await Marked.RestoreAsync(Key(before[2]), transaction, Token))!);
            Assert.True(await Marked.HardDeleteAsync(Key(rows[0]), transaction, Token));
            rows.RemoveAt(0);
        }

        return rows;
    }

    /// <summary>Every read, inside the transaction.</summary>
    private async Task AssertReadsAsync(List<TEntity> expected, TTransaction transaction)
    {
        AssertSame(expected[1], await _rows.FindAsync(Key(expected[1]), transaction, Token));
        AssertSame(expected[2], await _rows.GetAsync(Key(expected[2]), transaction, Token));
        AssertSame(expected, await _rows.FindManyAsync([.. expected.Select(Key)], transaction, Token));
        Assert.True(await _rows.ExistsAsync(Key(expected[0]), transaction, Token));
        Assert.Equal(expected.Count, await _rows.CountAsync(transaction, Token));
        Assert.Equal(3, (await _rows.ListAsync(3, transaction, Token)).Count);
        var seen = 0;
        await foreach (var _ in _rows.StreamAsync(transaction, Token))
        {
            if (++seen == 2)
            {
                break;
            }
        }

        await foreach (var _ in _rows.StreamAsync(transaction, Token))
        {
            seen++;
        }

        Assert.Equal(expected.Count + 2, seen);
    }
}
