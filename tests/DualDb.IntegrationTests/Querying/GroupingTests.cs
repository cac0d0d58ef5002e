namespace DualDb.IntegrationTests.Querying;

/// <summary>Groups, against LINQ over the same rows.</summary>
public sealed class GroupingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private readonly IReadOnlyList<Specimen> _rows = QueryPlace.MakeSpecimens();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Query<Specimen, SpecimenColumns, SpecimenChanges, SupabaseTransaction> Query => place.Db.Specimens.Query();

    [Fact]
    public async Task Groups_by_enums_with_counts_and_sums()
    {
        await place.FillAsync();
        var groups = await Query.Where(o => o.Price.Between(-1, 100)).GroupBy(o => o.Weekday).OrderBy(g => g.Key).Select(g => g.Key, g => g.Count(), g => g.Sum(o => o.Price), g => g.Max(o => o.Rank), g => g.Average(o => o.Price)).ToListAsync(Token);
        var expected = _rows.Where(static row => row.Price is >= -1 and <= 100).GroupBy(static row => row.Weekday).OrderBy(static group => group.Key)
            .Select(static group => (group.Key, (long)group.Count(), group.Sum(static row => row.Price), group.Max(static row => row.Rank), (decimal?)decimal.Round(group.Average(static row => row.Price), 9)));
        Assert.Equal(expected, groups);
        var named = await Query.GroupBy(o => o.Named).OrderBy(g => g.Key).Select(g => g.Key, g => g.Count()).ToListAsync(Token);
        Assert.Equal(8, named.Count);
        Assert.Null(named[^1].Item1);
        Assert.Equal(_rows.Count(static row => row.Named is null), named[^1].Item2);
    }

    [Fact]
    public async Task Groups_by_columns_whose_names_functions_bear()
    {
        await place.FillAsync();
        var groups = await Query.GroupBy(o => o.Count).OrderBy(g => g.Key).Select(g => g.Count(), g => g.Key).ToListAsync(Token);
        Assert.Equal(_rows.GroupBy(static row => row.Count).OrderBy(static group => group.Key).Select(static group => ((long)group.Count(), group.Key)), groups);
    }

    [Fact]
    public async Task Groups_by_what_is_computed()
    {
        await place.FillAsync();
        var years = await Query.GroupBy(o => o.SeenAt.Year()).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key, g => g.Count()).ToListAsync(Token);
        Assert.Equal(
            _rows.GroupBy(static row => row.SeenAt == DateTimeOffset.MinValue || row.SeenAt == DateTimeOffset.MaxValue ? (int?)null : row.SeenAt.UtcDateTime.Year)
                .Select(static group => (group.Key, (long)group.Count())).OrderByDescending(static group => group.Item2).ThenBy(static group => group.Key ?? int.MaxValue),
            years);
        var days = await Query.GroupBy(o => o.SeenAt.DayOfWeek(), o => o.IsActive).Select(g => g.First, g => g.Second, g => g.Count()).ToListAsync(Token);
        Assert.Equal(QueryPlace.Specimens, days.Sum(static group => group.Item3));
        var paths = await Query.GroupBy(o => o.Details.Text("a")).OrderBy(g => g.Key, Nulls.First).Select(g => g.Key, g => g.Count()).ToListAsync(Token);
        Assert.Null(paths[0].Item1);
        Assert.Contains("1.00", paths.Select(static group => group.Item1));
        Assert.Equal(QueryPlace.Specimens, paths.Sum(static group => group.Item2));
        var numbers = await Query.GroupBy(o => o.Details.Number("a")).Having(g => g.Key.IsNotNull()).Select(g => g.Key).ToListAsync(Token);
        Assert.Contains(1m, numbers);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        var lower = await Query.GroupBy(o => o.Name.ToLower()).Select(g => g.Key, g => g.Min(o => o.Name)).ToListAsync(Token);
        Assert.Equal(lower.Count, lower.Select(static group => group.Item1).Distinct().Count());
    }

    [Fact]
    public async Task Keeps_the_groups_that_are_asked_for()
    {
        await place.FillAsync();
        var all = _rows.GroupBy(static row => row.Name).Select(static group => (group.Key, Count: (long)group.Count())).ToArray();
        var many = Query.GroupBy(o => o.Name).Having(g => g.Count() > 8 && g.Key != "a").OrderByDescending(g => g.Count()).ThenBy(g => g.Min(o => o.Id)).Select(g => g.Key, g => g.Count());
        var expected = all.Where(static group => group.Count > 8 && group.Key != "a").ToArray();
        var found = await many.ToListAsync(Token);
        Assert.Equal(expected.Select(static group => group.Key).ToHashSet(), found.Select(static group => group.Item1).ToHashSet());
        Assert.Equal(found.OrderByDescending(static group => group.Item2).Select(static group => group.Item2), found.Select(static group => group.Item2));
        Assert.Equal(expected.Length, await many.CountAsync(Token));
        Assert.Equal(found.Skip(1).Take(2), await many.Skip(1).Take(2).ToListAsync(Token));
        Assert.Equal(found[0], await many.FirstAsync(Token));
        Assert.True(await many.AnyAsync(Token));
        Assert.Empty(await Query.GroupBy(o => o.Name).Having(g => g.Count() < 0).Select(g => g.Key).ToListAsync(Token));
        Assert.Empty(await Query.Where(o => o.Id.In()).GroupBy(o => o.Name).Select(g => g.Key).ToListAsync(Token));
        var streamed = new List<(string, long)>();
        await foreach (var group in many.StreamAsync(Token))
        {
            streamed.Add(group);
        }

        Assert.Equal(found, streamed);
    }

    [Fact]
    public async Task Averages_groups_of_doubles()
    {
        await place.FillAsync();
        var few = await Query.Where(o => o.Weight.In(double.PositiveInfinity, double.NaN, 3.5)).GroupBy(o => o.Weight).OrderBy(g => g.Key).Select(g => g.Key, g => g.Average(o => o.Weight), g => g.Count()).ToListAsync(Token);
        Assert.Equal([(3.5, 3.5), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN)], few.Select(static group => (group.Item1, group.Item2!.Value)));
        var heights = await Query.Where(o => o.Height == 1).GroupBy(o => o.IsActive).OrderBy(g => g.Key).Select(g => g.Average(o => o.Height), g => g.Average(o => o.Count.AsNullable())).ToListAsync(Token);
        Assert.Equal([1.0, 1.0], heights.Select(static group => group.Item1));
        Assert.Equal([1.0], await Query.Where(o => o.Ratio == 1).GroupBy(o => o.Ratio).Select(g => g.Average(o => o.Ratio)).ToListAsync(Token));
    }

    [Fact]
    public void Refuses_limits_and_locks_before_groups()
    {
        Assert.Throws<InvalidOperationException>(() => Query.Take(5).GroupBy(o => o.Name));
        Assert.Throws<InvalidOperationException>(() => Query.Skip(5).GroupBy(o => o.Name));
        Assert.Throws<InvalidOperationException>(() => Query.Distinct().GroupBy(o => o.Name));
        Assert.Throws<InvalidOperationException>(() => Query.ForUpdate().GroupBy(o => o.Name));
        Assert.Throws<ArgumentOutOfRangeException>(() => Query.GroupBy(o => o.Name).Take(0));
    }
}
