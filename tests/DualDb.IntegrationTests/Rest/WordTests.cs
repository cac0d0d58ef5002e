using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Rest;

/// <summary>Columns that are called like the API's own parameters and words are columns all the same.</summary>
public sealed class WordTests(ShapeServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Rest)]
    [InlineData(Endpoint.Direct)]
    public async Task Columns_called_like_words_of_the_api_are_columns(Endpoint endpoint)
    {
        var words = servers[endpoint].Db.RestWords;
        await words.AllRows().DeleteAsync(Token);
        var rows = new[] { Make("desc", 1), Make("null", 2), Make("limit", 3) };
        Assert.Equal(rows, await words.InsertManyAsync(rows, Token));

        Assert.Equal(rows[0], await words.FindAsync("desc", Token));
        Assert.Equal(rows[1], await words.FindByAndAsync("and null", Token));
        Assert.Equal(rows, await words.FindManyAsync(["desc", "null", "limit"], Token));
        var filters = new Func<RestWordColumns, Filter<RestWord>>[]
        {
            o => o.Order == "null", o => o.Select == "select null", o => o.Limit == 2, o => o.Offset == 20, o => o.Columns == "columns null", o => o.OnConflict == "conflict null", o => o.And == "and null", o => o.Or == "or null",
            o => o.Not == "not null", o => o.ApiKey == "key null", o => o.Is == "is null", o => o.Limit > 1 & (o.Not == "not null" | o.And == "none") & !(o.Or == "or desc"), o => o.Not.In("not null", "none"),
        };
        foreach (var filter in filters)
        {
            Assert.Equal(rows[1], Assert.Single(await words.Where(filter).ToListAsync(Token)));
        }

        Assert.Equal([3, 2, 1], await words.OrderByDescending(static o => o.Limit).ThenBy(static o => o.Select).ThenBy(static o => o.Not).Select(static o => o.Limit).ToListAsync(Token));
        Assert.Equal(rows[2], Assert.Single(await words.OrderBy(static o => o.Order).Skip(1).Take(1).ToListAsync(Token)));
        Assert.Equal("changed", (await words.UpdateAsync(rows[0] with { Not = "changed" }, Token)).Not);
        Assert.Equal("changed", (await words.UpsertAsync(rows[0] with { Select = "changed" }, Token)).Select);
        Assert.Equal(2, await words.Where(static o => o.Limit > 1).UpdateAsync(static set => set.Offset(7), Token));
        Assert.True(await words.DeleteAsync("limit", Token));
        Assert.Equal(2, await words.CountAsync(Token));
    }

    private static RestWord Make(string order, int limit)
        => new()
        {
            Order = order,
            Select = $"select {order}",
            Limit = limit,
            Offset = limit * 10,
            Columns = $"columns {order}",
            OnConflict = $"conflict {order}",
            And = $"and {order}",
            Or = $"or {order}",
            Not = $"not {order}",
            ApiKey = $"key {order}",
            Is = $"is {order}",
        };
}
