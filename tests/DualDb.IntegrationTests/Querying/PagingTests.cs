using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Pages against one sorted read of everything.</summary>
public sealed class PagingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private const int Orders = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct, 1)]
    [InlineData(Endpoint.Pooled, 2)]
    public async Task Walks_any_order_forward_to_the_end_and_back_to_the_start(Endpoint endpoint, int seed)
    {
        await place.FillAsync();
        var random = new Random(seed);
        var orders = new RandomOrders(random);
        for (var i = 0; i < Orders; i++)
        {
            var (query, complete) = orders.Apply(place[endpoint].Db.Specimens.Query());
            var expected = await complete.Select(o => o.Id).ToListAsync(Token);
            Assert.Equal(QueryPlace.Specimens, expected.Count);
            var (seen, last) = await PageWalk.ForwardAsync(query, null, () => random.Next(1, 120), static row => row.Id);
            Assert.True(expected.SequenceEqual(seen), $"Forward: {query.ToSql()}\n{string.Join(' ', expected)}\n{string.Join(' ', seen)}");
            var back = await PageWalk.BackwardAsync(query, last, () => random.Next(1, 120), static row => row.Id);
            Assert.True(expected.SequenceEqual(back), $"Backward: {query.ToSql()}\n{string.Join(' ', expected)}\n{string.Join(' ', back)}");
        }
    }

    [Fact]
    public async Task Shows_each_row_that_stays_once_while_others_come_and_go()
    {
        await place.FillAsync();
        var random = new Random(3);
        var values = new SpecimenRows(random);
        var query = place.Db.Specimens.OrderByDescending(o => o.Rank, Nulls.Last).ThenBy(o => o.Name);
        var stay = (await query.ThenBy(o => o.Id).Select(o => o.Id).ToListAsync(Token)).Where(static id => id % 3 != 0).ToArray();
        var (next, seen) = (1_000, new List<long>());
        string? cursor = null;
        do
        {
            var page = await query.ToPageAsync(11, cursor, Token);
            seen.AddRange(page.Items.Select(static row => row.Id));
            cursor = page.Next;
            long[] leaving = [3 * random.Next(1, 81), 3 * random.Next(1, 81), page.Items[^1].Id];
            await place.Db.Specimens.Where(o => o.Id.In(leaving.Where(static id => id % 3 == 0))).DeleteAsync(Token);
            await place.Db.Specimens.InsertManyAsync([.. Enumerable.Range(next, 5).Select(id => values.Next(3 * id))], Token);
            next += 5;
        }
        while (cursor is not null);

        Assert.Equal(stay, seen.Where(static id => id % 3 != 0));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Finds_the_way_back_from_a_page_that_is_empty_by_now()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.OrderBy(o => o.Born, Nulls.First).ThenByDescending(o => o.Id);
        var first = await query.ToPageAsync(10, cancellationToken: Token);
        var second = await query.ToPageAsync(10, first.Next, Token);
        long[] kept = [.. first.Items.Select(static row => row.Id)];
        await place.Db.Specimens.Where(o => o.Id.NotIn(kept)).DeleteAsync(Token);

        var empty = await query.ToPageAsync(10, first.Next, Token);
        Assert.Empty(empty.Items);
        Assert.False(empty.HasNext);
        var back = await query.ToPageAsync(100, empty.Previous, Token);
        Assert.Equal(kept, back.Items.Select(static row => row.Id));

        await place.Db.Specimens.AllRows().DeleteAsync(Token);
        await place.Db.Specimens.InsertManyAsync([.. second.Items], Token);
        var before = await query.ToPageAsync(10, second.Previous, Token);
        Assert.Empty(before.Items);
        Assert.False(before.HasPrevious);
        var again = await query.ToPageAsync(10, before.Next, Token);
        Assert.Equal(second.Items.Select(static row => row.Id), again.Items.Select(static row => row.Id));
    }

    [Fact]
    public async Task Tells_the_first_and_the_last_page()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.Where(o => o.Id <= 10);
        var whole = await query.ToPageAsync(10, cancellationToken: Token);
        Assert.Equal(Enumerable.Range(1, 10).Select(static id => (long)id), whole.Items.Select(static row => row.Id));
        Assert.Equal((false, false), (whole.HasNext, whole.HasPrevious));
        var first = await query.ToPageAsync(9, cancellationToken: Token);
        Assert.Equal((true, false), (first.HasNext, first.HasPrevious));
        var last = await query.ToPageAsync(1, first.Next, Token);
        Assert.Equal((false, true), (last.HasNext, last.HasPrevious));
        Assert.Empty((await query.Where(o => o.Id < 0).ToPageAsync(5, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task Pages_projections_by_columns_that_are_not_selected()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.Where(o => o.Rank.IsNotNull()).OrderByDescending(o => o.SeenAt);
        var expected = await query.ThenByDescending(o => o.Id).Select(o => o.Name, o => o.Price).ToListAsync(Token);
        var pages = new List<(string, decimal)>();
        string? cursor = null;
        do
        {
            var page = await query.Select(o => o.Name, o => o.Price).ToPageAsync(13, cursor, Token);
            pages.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(expected, pages);
    }

    [Fact]
    public async Task Breaks_ties_by_all_parts_of_a_key()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate pair_keys");
        var rows = Enumerable.Range(0, 60).Select(static number => new PairKey { Left = number % 4, Right = $"{(char)('a' + (number % 15))}Ä", Note = number % 5 == 0 ? null : "same" }).ToArray();
        await place.Db.SupabasePairKeys.InsertManyAsync(rows, Token);
        foreach (var query in new[] { place.Db.SupabasePairKeys.OrderBy(o => o.Note), place.Db.SupabasePairKeys.OrderByDescending(o => o.Right), place.Db.SupabasePairKeys.Query() })
        {
            var (seen, last) = await PageWalk.ForwardAsync(query, null, static () => 7, static row => (row.Left, row.Right));
            Assert.Equal(60, seen.Distinct().Count());
            Assert.Equal(60, seen.Count);
            Assert.Equal(seen, await PageWalk.BackwardAsync(query, last, static () => 8, static row => (row.Left, row.Right)));
        }
    }

    [Fact]
    public async Task Orders_by_texts_that_ignore_case_and_by_types_of_the_users()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate texts; truncate custom_types");
        string?[] texts = ["a", "A", "b", "B", "ä", "Ä", null, "z", "Z", ""];
        await place.Db.SupabaseTexts.InsertManyAsync([.. Enumerable.Range(0, 40).Select(id => new Texts { Id = id, Text = "", Letter = 'x', IgnoresCase = texts[id % 10], Fixed = texts[(id + 1) % 10] })], Token);
        foreach (var query in new[] { place.Db.SupabaseTexts.OrderBy(o => o.IgnoresCase), place.Db.SupabaseTexts.OrderByDescending(o => o.IgnoresCase).ThenBy(o => o.Fixed) })
        {
            var (seen, last) = await PageWalk.ForwardAsync(query, null, static () => 3, static row => row.Id);
            Assert.Equal(40, seen.Distinct().Count());
            Assert.Equal(40, seen.Count);
            Assert.Equal(seen, await PageWalk.BackwardAsync(query, last, static () => 4, static row => row.Id));
        }

        await place.Db.SupabaseCustomTypes.InsertManyAsync(
            [.. Enumerable.Range(1, 30).Select(static id => new CustomTypes { Id = id, Mood = (Mood)(id % 3), Positive = id, Address = id % 4 == 0 ? null : $"10.0.{200 - id}.9/24", ShortText = $"s{id % 7}" })], Token);
        var custom = place.Db.SupabaseCustomTypes.OrderByDescending(o => o.Mood).ThenBy(o => o.Address, Nulls.First).ThenBy(o => o.ShortText);
        var expected = await custom.Select(o => o.Id).ToListAsync(Token);
        var (ids, end) = await PageWalk.ForwardAsync(custom, null, static () => 4, static row => row.Id);
        Assert.Equal(expected, ids);
        Assert.Equal(expected, await PageWalk.BackwardAsync(custom, end, static () => 5, static row => row.Id));
    }
}
