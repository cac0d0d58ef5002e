namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation(Needs.Listings)]
    public async Task ListBy_finds_the_rows_of_one_value()
    {
        var rows = await _rows.InsertManyAsync(Make(Few), Token);
        await using var transaction = await BeginIfPossibleAsync();
        foreach (var listing in _shape.Listings(_rows))
        {
            foreach (var group in rows.Where(row => listing.ValueOf(row) is not null).GroupBy(row => listing.ValueOf(row)!))
            {
                AssertSameInAnyOrder(group, await listing.ListAsync(group.Key, default, Token));
                AssertSameInAnyOrder(group, await listing.ListAsync(group.Key, transaction, Token));
            }
        }
    }

    [Operation(Needs.Listings)]
    public async Task ListBy_of_many_values_is_a_lookup()
    {
        var rows = await _rows.InsertManyAsync(Make(Few), Token);
        await using var transaction = await BeginIfPossibleAsync();
        foreach (var listing in _shape.Listings(_rows))
        {
            object[] values = [.. rows.Select(listing.ValueOf).OfType<object>()];
            foreach (var asked in new[] { values, [values[0]], [.. values, .. values] })
            {
                var expected = rows.Where(row => asked.Contains(listing.ValueOf(row))).ToLookup(row => listing.ValueOf(row)!);
                AssertSame(expected, await listing.LookupAsync(asked, default, Token));
                AssertSame(expected, await listing.LookupAsync(asked, transaction, Token));
            }
        }
    }

    [Operation(Needs.Listings)]
    public async Task ListBy_of_no_or_unknown_values_is_empty()
    {
        var rows = await _rows.InsertManyAsync(Make(Few), Token);
        foreach (var row in rows)
        {
            Assert.True(await _rows.DeleteAsync(Key(row), Token));
        }

        // What was deleted is unknown, and where it was only marked, it must be left out.
        foreach (var listing in _shape.Listings(_rows))
        {
            object[] values = [.. rows.Select(listing.ValueOf).OfType<object>()];
            Assert.Empty(await listing.LookupAsync([], default, Token));
            Assert.Empty(await listing.LookupAsync(values, default, Token));
            Assert.Empty(await listing.ListAsync(values[0], default, Token));
        }
    }

    [Operation(Needs.Finders)]
    public async Task FindBy_finds_the_row_of_a_unique_value()
    {
        var rows = await _rows.InsertManyAsync(Make(Few), Token);
        await using var transaction = await BeginIfPossibleAsync();
        foreach (var finder in _shape.Finders(_rows))
        {
            foreach (var row in rows.Where(row => finder.ValueOf(row) is not null))
            {
                AssertSame(row, await finder.FindAsync(finder.ValueOf(row)!, default, Token));
                AssertSame(row, await finder.FindAsync(finder.ValueOf(row)!, transaction, Token));
            }
        }
    }

    [Operation(Needs.Finders)]
    public async Task FindBy_of_an_unknown_value_is_null()
    {
        var rows = await _rows.InsertManyAsync(Make(Few), Token);
        foreach (var row in rows)
        {
            Assert.True(await _rows.DeleteAsync(Key(row), Token));
        }

        foreach (var finder in _shape.Finders(_rows))
        {
            Assert.All(rows.Select(finder.ValueOf).OfType<object>(), static value => Assert.NotNull(value));
            Assert.Null(await finder.FindAsync(finder.ValueOf(rows[2])!, default, Token));
        }
    }

    [Operation(Needs.Finders)]
    public async Task Insert_of_a_taken_unique_value_is_refused()
    {
        var row = await _rows.InsertAsync(_shape.Make(2), Token);

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => _rows.InsertAsync(_shape.Change(_shape.MakeWithKey(1), 2), Token));

        Assert.Equal(ConstraintKind.Unique, exception.Kind);
        Assert.NotNull(exception.Constraint);
        AssertNames(exception);
        await AssertHoldsAsync([row]);
    }

    private void AssertSameInAnyOrder(IEnumerable<TEntity> expected, IEnumerable<TEntity> actual)
        => AssertSame(
            expected.OrderBy(row => Canonical.Row(row, _traits.Stored), StringComparer.Ordinal),
            actual.OrderBy(row => Canonical.Row(row, _traits.Stored), StringComparer.Ordinal));

    private void AssertSame(ILookup<object, TEntity> expected, ILookup<object, TEntity> actual)
    {
        Assert.Equal(expected.Select(static group => group.Key).ToHashSet(), actual.Select(static group => group.Key).ToHashSet());
        foreach (var group in expected)
        {
            AssertSameInAnyOrder(group, actual[group.Key]);
        }
    }
}
