namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation]
    public async Task Update_writes_every_column()
    {
        var rows = await InsertAsync(Few);

        // Numbers of their own: a value that is unique must not be another row's.
        for (var index = 0; index < Few; index++)
        {
            var changed = _shape.Change(rows[index], 100 + index);

            var stored = await _rows.UpdateAsync(changed, Token);

            AssertStored(changed, stored, version: 2);
            Assert.Equal(Key(rows[index]), Key(stored));
            AssertSame(stored, await _rows.FindAsync(Key(stored), Token));
            if (_traits.CreatedAt is not null)
            {
                Assert.Equal(_traits.CreatedAt.GetValue(rows[index]), _traits.CreatedAt.GetValue(stored));
                Assert.True(_traits.InstantOf(_traits.UpdatedAt!, stored) > _traits.InstantOf(_traits.UpdatedAt!, rows[index]));
            }
        }

        Assert.Equal(Few, await _rows.CountAsync(Token));
    }

    [Operation]
    public async Task Update_of_a_missing_row_is_refused()
    {
        var other = await _rows.InsertAsync(_shape.MakeWithKey(1), Token);

        var exception = await Assert.ThrowsAsync<EntityNotFoundException>(() => _rows.UpdateAsync(_shape.MakeWithKey(9_999), Token));

        Assert.Equal(MissingKey, exception.Key);
        AssertNames(exception);
        await AssertHoldsAsync([other]);
    }

    [Operation(Needs.Version)]
    public async Task Update_of_a_stale_version_is_refused_with_both_versions()
    {
        var read = await _rows.InsertAsync(_shape.MakeWithKey(1), Token);
        var current = await _rows.UpdateAsync(_shape.Change(read, 2), Token);
        current = await _rows.UpdateAsync(_shape.Change(current, 3), Token);

        var exception = await Assert.ThrowsAsync<ConcurrencyConflictException>(() => _rows.UpdateAsync(_shape.Change(read, 4), Token));

        Assert.Equal(Key(read), exception.Key);
        Assert.Equal(1, exception.ExpectedVersion);
        Assert.Equal(3, exception.ActualVersion);
        AssertNames(exception);
        await AssertHoldsAsync([current]);
    }

    [Operation]
    public async Task Upsert_inserts_and_then_overwrites()
    {
        for (var number = 0; number < Few; number++)
        {
            var row = _shape.MakeWithKey(number);
            var inserted = await _rows.UpsertAsync(row, Token);
            AssertStored(row, inserted);
            AssertSame(inserted, await _rows.FindAsync(Key(row), Token));

            // The version given is not looked at: the row has none of its own yet.
            var changed = _shape.Change(row, 100 + number);
            var overwritten = await _rows.UpsertAsync(changed, Token);

            AssertStored(changed, overwritten, version: 2);
            AssertSame(overwritten, await _rows.FindAsync(Key(row), Token));
            if (_traits.CreatedAt is not null)
            {
                Assert.Equal(_traits.CreatedAt.GetValue(inserted), _traits.CreatedAt.GetValue(overwritten));
            }
        }

        Assert.Equal(Few, await _rows.CountAsync(Token));
    }

    [Operation(Needs.GeneratedKey)]
    public async Task Upsert_without_a_key_inserts()
    {
        var row = _shape.Make(1);

        var stored = await _rows.UpsertAsync(row, Token);

        AssertStored(row, stored);
        await AssertHoldsAsync([stored]);
    }

    [Operation]
    public async Task UpsertMany_inserts_and_overwrites_in_order()
    {
        foreach (var count in new[] { Few, Many })
        {
            await _place.ClearAsync(_info, _shape.Before);
            var present = await _rows.InsertManyAsync(MakeWithKeys(count / 2), Token);
            List<TEntity> rows = [.. MakeWithKeys(count - present.Count, first: 200), .. present.Select((row, index) => _shape.Change(row, 100 + index)).Reverse()];

            var stored = await _rows.UpsertManyAsync(rows, Token);

            Assert.Equal(rows.Select(Key), stored.Select(Key));
            for (var index = 0; index < count; index++)
            {
                AssertStored(rows[index], stored[index], version: index < count - present.Count ? 1 : 2);
            }

            await AssertHoldsAsync(stored);
        }
    }

    [Operation(Needs.GeneratedKey)]
    public async Task UpsertMany_mixes_rows_with_and_without_keys()
    {
        var present = await _rows.InsertAsync(_shape.MakeWithKey(0), Token);
        List<TEntity> rows = [_shape.Make(1), _shape.Change(present, 2), _shape.Make(3), _shape.MakeWithKey(4)];

        var stored = await _rows.UpsertManyAsync(rows, Token);

        Assert.Equal(Canonical.Rows(rows, _traits.Given), Canonical.Rows(stored, _traits.Given));
        Assert.Equal([Key(rows[1]), Key(rows[3])], [Key(stored[1]), Key(stored[3])]);
        await AssertHoldsAsync(stored);
    }

    [Operation]
    public async Task UpsertMany_refuses_a_key_that_comes_twice()
    {
        var present = await _rows.InsertAsync(_shape.MakeWithKey(0), Token);
        List<TEntity> rows = [_shape.MakeWithKey(1), _shape.MakeWithKey(2), _shape.MakeWithKey(1)];

        var exception = await Assert.ThrowsAsync<InvalidEntityException>(() => _rows.UpsertManyAsync(rows, Token));

        Assert.Equal(2, exception.RowIndex);
        AssertNames(exception);
        await AssertHoldsAsync([present]);
    }
}
