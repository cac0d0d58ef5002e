namespace DualDb.IntegrationTests.Querying;

/// <summary>What queries select over REST, where the tests of SQL mix it with what REST does not have.</summary>
public sealed class RestSelectionTests(RestQueryPlace place) : IClassFixture<RestQueryPlace>
{
    private static readonly IReadOnlyList<Specimen> Rows = QueryPlace.MakeSpecimens();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Computes_over_rows()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.Where(o => o.IsActive == true);
        var active = Rows.Where(static row => row.IsActive).ToList();

        Assert.Equal(active.Count, await query.CountAsync(Token));
        Assert.Equal(active.Count(static row => row.Note is null), await query.Where(o => o.Note.IsNull()).CountAsync(Token));
        Assert.Equal(active.Max(static row => row.SeenAt), await query.MaxAsync(o => o.SeenAt, Token));
        Assert.Equal(active.Min(static row => row.Price), await query.MinAsync(o => o.Price, Token));
        Assert.Equal(0m, await place.Db.Specimens.Where(o => o.Id == -1).SumAsync(o => o.Price, Token));
        Assert.Null(await place.Db.Specimens.Where(o => o.Id == -1).AverageAsync(o => o.Price, Token));
        Assert.Equal(1.5m, await place.Db.Specimens.Where(o => o.Id <= 2).AverageAsync(o => o.Id, Token));
        Assert.Equal(3, await place.Db.Specimens.Where(o => o.Id <= 2).SumAsync(o => o.Id, Token));
    }

    [Fact]
    public async Task Groups_rows_by_columns_that_need_not_be_selected()
    {
        await place.FillAsync();
        var groups = await place.Db.Specimens.Query().GroupBy(o => o.Weekday).Select(g => g.Key, g => g.Count()).ToListAsync(Token);
        var counts = await place.Db.Specimens.Query().GroupBy(o => o.Weekday).Select(g => g.Count()).ToListAsync(Token);

        var expected = Rows.GroupBy(static row => row.Weekday).ToDictionary(static group => group.Key, static group => (long)group.Count());
        Assert.Equal(expected, groups.ToDictionary(static group => group.Item1, static group => group.Item2));
        Assert.Equal(expected.Values.Order(), counts.Order());
    }

    [Fact]
    public async Task Compares_lists_with_nothing_and_with_null()
    {
        await place.FillAsync();
        foreach (var filter in new Func<SpecimenColumns, Filter<Specimen>>[]
        {
            static o => o.Tags.HasAll(), static o => !o.Tags.HasAll(), static o => o.Tags.Overlaps(), static o => !o.Tags.Overlaps(), static o => o.Tags.HasAll("a", null!), static o => !o.Tags.HasAll("a", null!),
            static o => o.Marks.HasAll(), static o => !o.Marks.Overlaps(), static o => !(o.Marks.Overlaps() | o.Id == -1), static o => o.Marks.Has(null), static o => !o.Marks.Overlaps((int?)null),
        })
        {
            var found = await place.Db.Specimens.Where(filter).Select(static o => o.Id).ToListAsync(Token);
            var condition = SpecimenColumns.Where(filter);
            Assert.Equal(Rows.Where(condition.Matches).Select(static row => row.Id).Order(), found.Order());
        }
    }

    [Fact]
    public async Task Leaves_out_what_is_alike_before_it_limits()
    {
        await place.FillAsync();
        var days = await place.Db.Specimens.OrderBy(o => o.Weekday).Select(o => o.Weekday).Distinct().Skip(1).Take(3).ToListAsync(Token);

        Assert.Equal(Rows.Select(static row => row.Weekday).Distinct().Order().Skip(1).Take(3), days);
    }

    [Fact]
    public async Task Refuses_texts_that_are_none_before_anything_is_sent()
    {
        var text = "a" + (char)0xD800;
        var query = place.Db.Specimens.Where(o => o.Name == text);

        foreach (var read in new Func<Task>[]
        {
            () => query.ToListAsync(Token),
            () => query.CountAsync(Token),
            () => query.DeleteAsync(Token),
            () => query.Select(o => o.Id).ToListAsync(Token),
            () => query.ToPageAsync(3, cancellationToken: Token),
            async () => await query.StreamAsync(Token).GetAsyncEnumerator(Token).MoveNextAsync(),
        })
        {
            var refused = await Assert.ThrowsAsync<InvalidEntityException>(read);
            Assert.Equal(("Specimen", Database.Supabase, "name"), (refused.Entity, refused.Database, refused.Column));
        }
    }

    [Fact]
    public async Task Takes_a_list_of_long_texts_in_parts()
    {
        await place.FillAsync();
        string[] names = [.. Rows.Take(40).Select(static row => row.Name), .. Enumerable.Range(0, 300).Select(static number => $"{number} " + new string('x', 200))];

        var found = await place.Db.Specimens.Where(o => o.Name.In(names) && o.Id > 0).ToListAsync(Token);

        Assert.Equal(Rows.Where(row => names.Contains(row.Name)).Select(static row => row.Id).Order(), found.Select(static row => row.Id).Order());
        var refused = await Assert.ThrowsAsync<NotSupportedException>(() => place.Db.Specimens.Where(o => o.Name.In(names)).OrderBy(o => o.Name).ToListAsync(Token));
        Assert.Contains("DualDbOptions.Supabase.ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_it_does_not_have_and_names_the_option()
    {
        var query = place.Db.Specimens.Query();
        foreach (var read in new Func<Task>[]
        {
            () => query.Where(o => o.Name.Length() > 3).ToListAsync(Token),
            () => query.Where(o => o.Price == o.Price).ToListAsync(Token),
            () => query.OrderBy(o => o.Name.ToLower()).ToListAsync(Token),
            () => query.GroupBy(o => o.Weekday).Having(g => g.Count() > 3).Select(g => g.Key).ToListAsync(Token),
            () => query.Take(3).SumAsync(o => o.Price, Token),
        })
        {
            var refused = await Assert.ThrowsAsync<NotSupportedException>(read);
            Assert.Contains("DualDbOptions.Supabase.ConnectionString", refused.Message, StringComparison.Ordinal);
        }
    }
}
