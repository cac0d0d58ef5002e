namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation]
    public async Task Insert_returns_the_row_as_stored_and_leaves_the_given_one_alone()
    {
        foreach (var row in Make(Few))
        {
            var before = Canonical.Row(row, _traits.Stored);

            AssertStored(row, await _rows.InsertAsync(row, Token));
            Assert.Equal(before, Canonical.Row(row, _traits.Stored));
        }
    }

    [Operation(Needs.GeneratedKey)]
    public async Task Insert_keeps_a_given_key()
    {
        var row = _shape.MakeWithKey(1);

        var stored = await _rows.InsertAsync(row, Token);

        Assert.Equal(Key(row), Key(stored));
        AssertSame(stored, await _rows.FindAsync(Key(row), Token));
    }

    [Operation]
    public async Task Insert_of_a_taken_key_is_refused()
    {
        var stored = await _rows.InsertAsync(_shape.MakeWithKey(1), Token);

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => _rows.InsertAsync(_shape.MakeWithKey(1), Token));

        Assert.Equal(ConstraintKind.Unique, exception.Kind);
        AssertNames(exception);
        await AssertHoldsAsync([stored]);
    }

    [Operation]
    public async Task InsertMany_of_few_returns_them_in_order()
    {
        var rows = Make(Few);

        var stored = await _rows.InsertManyAsync(rows, Token);

        AssertStored(rows, stored);
        AssertSame(stored, await _rows.FindManyAsync([.. stored.Select(Key)], Token));
        await AssertHoldsAsync(stored);
    }

    [Operation]
    public async Task InsertMany_of_many_returns_them_in_order()
    {
        var rows = Make(Many);

        var stored = await _rows.InsertManyAsync(rows, Token);

        AssertStored(rows, stored);
        AssertSame(stored, await _rows.FindManyAsync([.. stored.Select(Key)], Token));
        await AssertHoldsAsync(stored);
    }

    [Operation(Needs.GeneratedKey)]
    public async Task InsertMany_mixes_rows_with_and_without_keys()
    {
        foreach (var count in new[] { Few, Many })
        {
            await _place.ClearAsync(_info, _shape.Before);
            List<TEntity> rows = [.. Enumerable.Range(0, count).Select(number => number % 3 == 1 ? _shape.MakeWithKey(number) : _shape.Make(number))];

            var stored = await _rows.InsertManyAsync(rows, Token);

            AssertStored(rows, stored);
            Assert.Equal(Key(rows[1]), Key(stored[1]));
            await AssertHoldsAsync(stored);
        }
    }

    [Operation]
    public async Task InsertMany_of_nothing_is_nothing()
    {
        Assert.Empty(await _rows.InsertManyAsync([], Token));
        Assert.Empty(await _rows.UpsertManyAsync([], Token));
        Assert.Equal(0, await _rows.CountAsync(Token));
    }

    [Operation]
    public async Task InsertMany_applies_nothing_when_a_row_in_the_middle_fails()
    {
        foreach (var count in new[] { Few, Many })
        {
            await _place.ClearAsync(_info, _shape.Before);
            var taken = await _rows.InsertAsync(_shape.MakeWithKey(count / 2), Token);

            var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => _rows.InsertManyAsync(MakeWithKeys(count), Token));

            Assert.Equal(ConstraintKind.Unique, exception.Kind);
            AssertNames(exception);
            await AssertHoldsAsync([taken]);
        }
    }

    [Operation(Needs.GeneratedKey)]
    public async Task InsertMany_applies_nothing_when_one_of_its_two_kinds_of_rows_fails()
    {
        foreach (var count in new[] { Few, Many })
        {
            await _place.ClearAsync(_info, _shape.Before);
            var taken = await _rows.InsertAsync(_shape.MakeWithKey(count - 1), Token);
            List<TEntity> rows = [.. Make(count - 1), _shape.MakeWithKey(count - 1)];

            await Assert.ThrowsAsync<ConstraintViolationException>(() => _rows.InsertManyAsync(rows, Token));

            await AssertHoldsAsync([taken]);
        }
    }

    [Operation(Needs.Times)]
    public async Task Insert_keeps_a_given_time_of_creation()
    {
        var born = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero).AddMicroseconds(7);
        var rows = Make(Few);
        foreach (var row in rows)
        {
            _traits.SetInstant(_traits.CreatedAt!, row, born);
        }

        var single = await _rows.InsertAsync(rows[0], Token);
        var few = await _rows.InsertManyAsync(rows[1..], Token);

        Assert.Equal(born, _traits.InstantOf(_traits.CreatedAt!, single));
        Assert.All(few, row => Assert.Equal(born, _traits.InstantOf(_traits.CreatedAt!, row)));
    }
}
