namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation]
    public async Task Delete_takes_one_row_away_from_every_read()
    {
        var rows = await InsertAsync(3);

        Assert.True(await _rows.DeleteAsync(Key(rows[1]), Token));
        Assert.False(await _rows.DeleteAsync(Key(rows[1]), Token));
        Assert.False(await _rows.DeleteAsync(MissingKey, Token));

        Assert.Null(await _rows.FindAsync(Key(rows[1]), Token));
        Assert.False(await _rows.ExistsAsync(Key(rows[1]), Token));
        AssertSame([rows[2], rows[0]], await _rows.FindManyAsync([Key(rows[2]), Key(rows[1]), Key(rows[0])], Token));
        Assert.Equal(2, await _rows.CountAsync(Token));
        Assert.Equal(2, (await _rows.ListAsync(10, Token)).Count);
        await AssertHoldsAsync([rows[0], rows[2]]);
        await Assert.ThrowsAsync<EntityNotFoundException>(() => _rows.UpdateAsync(rows[1], Token));
    }

    [Operation(Needs.SoftDelete)]
    public async Task Delete_marks_and_Restore_takes_the_mark_off()
    {
        var rows = await InsertAsync(2);
        var marked = Marked;
        var present = await _place.CountAsync(_info);

        Assert.Null(await marked.RestoreAsync(Key(rows[0]), Token));
        Assert.True(await marked.DeleteAsync(Key(rows[0]), Token));
        Assert.Equal(present, await _place.CountAsync(_info));

        var restored = await marked.RestoreAsync(Key(rows[0]), Token);

        Assert.NotNull(restored);
        Assert.False(_traits.IsMarked(restored));
        Assert.Equal(Canonical.Row(rows[0], _traits.Given), Canonical.Row(restored, _traits.Given));
        AssertSame(restored, await marked.FindAsync(Key(rows[0]), Token));
        Assert.Null(await marked.RestoreAsync(Key(rows[0]), Token));
        Assert.Null(await marked.RestoreAsync(MissingKey, Token));
        await AssertHoldsAsync([restored, rows[1]]);
    }

    [Operation(Needs.SoftDelete)]
    public async Task HardDelete_removes_rows_marked_or_not()
    {
        var rows = await InsertAsync(3);
        var present = await _place.CountAsync(_info);
        await Marked.DeleteAsync(Key(rows[0]), Token);

        Assert.True(await Marked.HardDeleteAsync(Key(rows[0]), Token));
        Assert.True(await Marked.HardDeleteAsync(Key(rows[1]), Token));
        Assert.False(await Marked.HardDeleteAsync(Key(rows[1]), Token));

        Assert.Equal(present - 2, await _place.CountAsync(_info));
        await AssertHoldsAsync([rows[2]]);
    }

    [Operation(Needs.SoftDelete)]
    public async Task Upsert_overwrites_a_mark_like_any_column()
    {
        var row = await _rows.InsertAsync(_shape.MakeWithKey(1), Token);
        await _rows.DeleteAsync(Key(row), Token);

        var stored = await _rows.UpsertAsync(row, Token);

        Assert.False(_traits.IsMarked(stored));
        await AssertHoldsAsync([stored]);
    }

    private ISoftDeleteRepository<TEntity, TKey, TTransaction> Marked => (ISoftDeleteRepository<TEntity, TKey, TTransaction>)_rows;
}
