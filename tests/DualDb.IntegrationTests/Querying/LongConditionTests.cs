using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Conditions, lists and keys by the thousand.</summary>
public sealed class LongConditionTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Joins_thousands_of_conditions_in_a_loop()
    {
        await place.FillAsync();
        foreach (var isLeft in new[] { true, false })
        {
            var filter = Joined(3_000, isLeft, static (one, other) => one || other);
            Assert.Equal(QueryPlace.Specimens, await place.Db.Specimens.Where(filter).CountAsync(Token));
            Assert.True(filter.Matches(QueryPlace.MakeSpecimens()[5]));
            Assert.Equal(0, await place.Db.Specimens.Where(!filter).CountAsync(Token));
            Assert.Equal(0, await place.Db.Specimens.Where(Joined(3_000, isLeft, static (one, other) => one && other)).CountAsync(Token));
        }

        Assert.Equal(place.Db.Specimens.Where(Joined(3_000, true, static (one, other) => one || other)).ToSql(), place.Db.Specimens.Where(Joined(3_000, false, static (one, other) => other || one)).ToSql());
    }

    [Fact]
    public async Task Refuses_more_than_the_protocol_can_carry()
    {
        using var counter = StatementCounter.Start();
        foreach (var isLeft in new[] { true, false })
        {
            var filter = Joined(70_000, isLeft, static (one, other) => one || other);
            var refused = await Assert.ThrowsAsync<NotSupportedException>(() => place.Db.Specimens.Where(filter).ToListAsync(Token));
            Assert.Contains("65535", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<NotSupportedException>(() => place.Db.Specimens.Where(filter).ToPageAsync(5, cancellationToken: Token));
            await Assert.ThrowsAsync<NotSupportedException>(() => place.Db.Specimens.Where(filter).DeleteAsync(Token));
            Assert.False(filter.Matches(QueryPlace.MakeSpecimens()[0] with { Id = -1 }));
        }

        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Refuses_conditions_nested_too_deep()
    {
        var alternating = Assert.Throws<NotSupportedException>(() => Nested(70_000, static (filter, id) => SpecimenColumns.Where(o => id % 2 == 0 ? filter && o.Id > -id : filter || o.Id == id)));
        Assert.Contains("nested", alternating.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Nested(70_000, static (filter, id) => SpecimenColumns.Where(o => id % 2 == 0 ? o.Id > -id && filter : o.Id == id || filter)));
        Assert.Throws<NotSupportedException>(() => Nested(70_000, static (filter, id) => SpecimenColumns.Where(o => !(filter && o.Id > -id))));
        Assert.Throws<NotSupportedException>(() => Nested(70_000, static (filter, id) => SpecimenColumns.Where(o => o.Sql($"{filter} and {o.Id} > {-id}"))));
        await place.FillAsync();
        var deep = Nested(990, static (filter, id) => SpecimenColumns.Where(o => id % 2 == 0 ? filter && o.Id > -id : filter || o.Id == id));
        Assert.Equal(QueryPlace.MakeSpecimens().Count(deep.Matches), await place.Db.Specimens.Where(deep).CountAsync(Token));

        static Filter<Specimen> Nested(int levels, Func<Filter<Specimen>, int, Filter<Specimen>> around)
        {
            var filter = SpecimenColumns.Where(static o => o.Id == 0);
            for (var level = 1; level < levels; level++)
            {
                filter = around(filter, level);
            }

            return filter;
        }
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Takes_lists_of_two_hundred_thousand(Endpoint endpoint)
    {
        await place.FillAsync();
        var specimens = place[endpoint].Db.Specimens;
        using var counter = StatementCounter.Start();
        Assert.Equal(QueryPlace.Specimens - 99, (await specimens.Where(o => o.Id.In(Enumerable.Range(100, 200_000).Select(static id => (long)id))).ToListAsync(Token)).Count);
        Assert.Equal(99, await specimens.Where(o => o.Id.NotIn(Enumerable.Range(100, 200_000).Select(static id => (long)id))).CountAsync(Token));
        Assert.Equal(2, counter.Count);
        var page = await specimens.Where(o => o.Id.In(Enumerable.Range(1, 200_000).Select(static id => (long)id))).ToPageAsync(5, cancellationToken: Token);
        Assert.Equal(6, (await specimens.Where(o => o.Id.In(Enumerable.Range(1, 200_000).Select(static id => (long)id))).ToPageAsync(5, page.Next, Token)).Items[0].Id);
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Finds_many_keys_in_chunks_in_their_order(Endpoint endpoint)
    {
        await place.FillAsync();
        var specimens = place[endpoint].Db.Specimens;
        var keys = Enumerable.Range(0, 200_000).Select(static n => n % 500 == 0 ? 1L + (n / 500 % QueryPlace.Specimens) : -n).ToArray();
        var expected = keys.Where(static key => key > 0).ToArray();
        using (var counter = StatementCounter.Start())
        {
            Assert.Equal(expected, (await specimens.FindManyAsync(keys, Token)).Select(static row => row.Id));
            Assert.Equal(10, counter.Count);
        }

        using (var counter = StatementCounter.Start())
        {
            Assert.Equal(expected, (await specimens.FindManyAsync(keys.ToHashSet().Concat(keys).Where(static key => key > 0).Skip(QueryPlace.Specimens).ToArray(), Token)).Select(static row => row.Id));
            Assert.Equal(1, counter.Count);
            Assert.Empty(await specimens.FindManyAsync([.. Enumerable.Range(1, 20_000).Select(static n => -(long)n)], Token));
            Assert.Equal(2, counter.Count);
            Assert.Single(await specimens.FindManyAsync([.. Enumerable.Range(1, 20_000).Select(static n => -(long)n), 7], Token));
            Assert.Equal(4, counter.Count);
            Assert.Equal(1_000, (await specimens.FindManyAsync([.. Enumerable.Range(0, 1_000).Select(static n => 1L + (n % QueryPlace.Specimens))], Token)).Count);
            Assert.Equal(5, counter.Count);
        }
    }

    [Fact]
    public async Task Sends_nothing_where_an_empty_list_decides()
    {
        var nothing = place.Db.Specimens.Where(o => o.Id.In(Array.Empty<long>()) && o.Count > 1);
        using var counter = StatementCounter.Start();
        Assert.Empty(await nothing.ToListAsync(Token));
        Assert.Null(await nothing.FirstOrDefaultAsync(Token));
        Assert.Null(await nothing.SingleOrDefaultAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => nothing.SingleAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => nothing.FirstAsync(Token));
        Assert.False(await nothing.AnyAsync(Token));
        Assert.Equal(0, await nothing.CountAsync(Token));
        Assert.Equal(0m, await nothing.SumAsync(o => o.Price, Token));
        Assert.Null(await nothing.AverageAsync(o => o.Price, Token));
        Assert.Null(await nothing.MinAsync(o => o.Name, Token));
        Assert.Null(await nothing.MaxAsync(o => o.Price, Token));
        Assert.Equal(0, await nothing.UpdateAsync(static set => set.Rank(1), Token));
        Assert.Equal(0, await nothing.DeleteAsync(Token));
        Assert.Empty(await nothing.Select(o => o.Id, o => o.Name).ToListAsync(Token));
        Assert.Equal(0, await nothing.Select(o => o.Id).CountAsync(Token));
        Assert.False(await nothing.Select(o => o.Id).AnyAsync(Token));
        Assert.Empty((await nothing.ToPageAsync(5, cancellationToken: Token)).Items);
        Assert.Empty(await nothing.GroupBy(o => o.Name).Select(g => g.Key).ToListAsync(Token));
        Assert.Equal(0, await place.Db.Specimens.Where(o => !(o.Id.NotIn() || o.Count == 1)).CountAsync(Token));
        Assert.Equal(0, await place.Db.Specimens.Where(o => o.Rank.In(Array.Empty<int>()) || o.Name.In()).CountAsync(Token));
        Assert.Equal(0, counter.Count);
        Assert.Equal(0, await place.Db.Specimens.Where(o => o.Id.In() || o.Id == -1).CountAsync(Token));
        Assert.Equal(1, counter.Count);
    }

    private static Filter<Specimen> Joined(int count, bool isLeft, Func<Filter<Specimen>, Filter<Specimen>, Filter<Specimen>> join)
    {
        var filter = SpecimenColumns.Where(static o => o.Id == 0);
        for (var id = 1; id < count; id++)
        {
            var next = SpecimenColumns.Where(o => o.Id == id);
            filter = isLeft ? join(filter, next) : join(next, filter);
        }

        return filter;
    }
}
