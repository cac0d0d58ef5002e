using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation]
    public async Task Find_reads_what_insert_returned()
    {
        foreach (var row in await InsertAsync(Few))
        {
            AssertSame(row, await _rows.FindAsync(Key(row), Token));
            AssertSame(row, await _rows.GetAsync(Key(row), Token));
            Assert.True(await _rows.ExistsAsync(Key(row), Token));
        }
    }

    [Operation]
    public async Task Find_of_a_missing_key_is_null_and_Get_throws()
    {
        await InsertAsync(1);

        Assert.Null(await _rows.FindAsync(MissingKey, Token));
        Assert.False(await _rows.ExistsAsync(MissingKey, Token));
        var exception = await Assert.ThrowsAsync<EntityNotFoundException>(async () => await _rows.GetAsync(MissingKey, Token));
        Assert.Equal(MissingKey, exception.Key);
        AssertNames(exception);
    }

    [Operation]
    public async Task FindMany_keeps_order_and_duplicates_and_leaves_out_the_missing()
    {
        var rows = await InsertAsync(6);
        TKey[] keys = [Key(rows[4]), Key(rows[1]), MissingKey, Key(rows[4]), Key(rows[5]), Key(rows[0]), MissingKey];

        AssertSame([rows[4], rows[1], rows[4], rows[5], rows[0]], await _rows.FindManyAsync(keys, Token));
        AssertSame([rows[1], rows[0]], await _rows.FindManyAsync(new HashSet<TKey> { Key(rows[1]), Key(rows[0]) }, Token));
    }

    [Operation]
    public async Task FindMany_of_no_keys_is_empty()
    {
        await InsertAsync(1);

        Assert.Empty(await _rows.FindManyAsync([], Token));
    }

    [Operation]
    public async Task FindMany_takes_1000_keys()
    {
        const int held = 60;
        var rows = await _rows.InsertManyAsync(Make(held), Token);
        var random = new Random(1);
        TKey[] keys = [.. rows.Select(Key), .. Enumerable.Range(9_000, 1_000 - held).Select(number => Key(_shape.MakeWithKey(number)))];
        random.Shuffle(keys);

        var byKey = rows.ToDictionary(Key);
        AssertSame(keys.Where(byKey.ContainsKey).Select(key => byKey[key]), await _rows.FindManyAsync(keys, Token));
    }

    [Operation]
    public async Task Count_and_List_and_Stream_see_all_rows_in_the_order_of_their_keys()
    {
        var rows = await InsertAsync(Few);

        Assert.Equal(Few, await _rows.CountAsync(Token));
        var streamed = await StreamAsync();
        Assert.Equal(rows.Select(Key).ToHashSet(), streamed.Select(Key).ToHashSet());
        AssertSame(rows.OrderBy(row => streamed.FindIndex(other => Key(other).Equals(Key(row)))), streamed);
        AssertSame(streamed, await _rows.ListAsync(int.MaxValue, Token));
        AssertSame(streamed.Take(4), await _rows.ListAsync(4, Token));
        if (typeof(TKey).IsPrimitive)
        {
            Assert.Equal(rows.Select(Key).Order(), streamed.Select(Key));
        }
    }

    [Operation]
    public async Task Reads_of_an_empty_table_find_nothing()
    {
        Assert.Equal(0, await _rows.CountAsync(Token));
        Assert.Empty(await _rows.ListAsync(10, Token));
        Assert.Empty(await StreamAsync());
        Assert.Empty(await _rows.FindManyAsync([MissingKey], Token));
    }

    [Operation]
    public async Task List_refuses_a_limit_below_one()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _rows.ListAsync(0, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _rows.ListAsync(-1, Token));
    }

    [Operation]
    public async Task Stream_can_be_left_early_and_gives_its_connection_back()
    {
        await _rows.InsertManyAsync(Make(Few), Token);

        // More often than there are connections, so that one that stays away would be missed.
        for (var time = 0; time <= Place.MaxPoolSize; time++)
        {
            var seen = 0;
            await foreach (var _ in _rows.StreamAsync(Token))
            {
                if (++seen == 2)
                {
                    break;
                }
            }
        }

        Assert.Equal(Few, await _rows.CountAsync(Token));
    }
}
