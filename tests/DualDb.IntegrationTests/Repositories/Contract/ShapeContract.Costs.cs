using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation(Needs.NoCache | Needs.Sql)]
    public async Task Each_call_is_one_statement()
    {
        var rows = await InsertAsync(3);
        TKey[] thousand = [.. rows.Select(Key), .. Enumerable.Range(8_000, 997).Select(number => Key(_shape.MakeWithKey(number)))];

        await AssertSendsAsync(1, async () => await _rows.FindAsync(Key(rows[0]), Token));
        await AssertSendsAsync(1, async () => await _rows.FindAsync(MissingKey, Token));
        await AssertSendsAsync(1, async () => await _rows.GetAsync(Key(rows[0]), Token));
        await AssertSendsAsync(1, () => _rows.FindManyAsync(thousand, Token));
        await AssertSendsAsync(0, () => _rows.FindManyAsync([], Token));
        await AssertSendsAsync(1, () => _rows.ExistsAsync(Key(rows[0]), Token));
        await AssertSendsAsync(1, () => _rows.CountAsync(Token));
        await AssertSendsAsync(1, () => _rows.ListAsync(10, Token));
        await AssertSendsAsync(1, StreamAsync);
        await AssertSendsAsync(1, () => _rows.InsertAsync(_shape.Make(10), Token));
        await AssertSendsAsync(1, () => _rows.InsertManyAsync(Make(Few, first: 20), Token));
        await AssertSendsAsync(0, () => _rows.InsertManyAsync([], Token));
        await AssertSendsAsync(1, () => _rows.UpdateAsync(_shape.Change(rows[0], 50), Token));
        await AssertSendsAsync(1, () => _rows.UpsertAsync(_shape.Change(rows[1], 51), Token));
        await AssertSendsAsync(1, () => _rows.UpsertManyAsync(MakeWithKeys(Few, first: 60), Token));
        await AssertSendsAsync(0, () => _rows.UpsertManyAsync([], Token));
        await AssertSendsAsync(1, () => _rows.DeleteAsync(Key(rows[0]), Token));
        foreach (var listing in _shape.Listings(_rows))
        {
            object[] values = [.. rows.Select(listing.ValueOf).OfType<object>()];
            await AssertSendsAsync(1, () => listing.ListAsync(values[0], default, Token));
            await AssertSendsAsync(1, () => listing.LookupAsync(values, default, Token));
            await AssertSendsAsync(0, () => listing.LookupAsync([], default, Token));
        }

        foreach (var finder in _shape.Finders(_rows))
        {
            await AssertSendsAsync(1, async () => await finder.FindAsync(finder.ValueOf(rows[2])!, default, Token));
        }
    }

    [Operation(Needs.Sql)]
    public async Task InsertMany_of_many_is_few_statements()
    {
        using var statements = StatementCounter.Start();

        await _rows.InsertManyAsync(Make(Many), Token);

        // By COPY: one statement for the keys, one for the time, the COPY. Where there is no COPY: a statement for each part. And the commit.
        Assert.InRange(statements.Count, 2, 4);
    }

    private static async Task AssertSendsAsync(int count, Func<Task> call)
    {
        using var statements = StatementCounter.Start();
        await call();
        Assert.Equal(count, statements.Count);
    }
}
