using DualDb.Shapes.Supabase;

namespace DualDb.IntegrationTests.Querying;

/// <summary>The SQL of a query: one text per shape, the same string every time.</summary>
public sealed class SqlTextTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private Query<Specimen, SpecimenColumns, SpecimenChanges, SupabaseTransaction> Query => place.Db.Specimens.Query();

    [Fact]
    public void Is_the_same_string_for_the_same_shape()
    {
        var texts = Enumerable.Range(1, 50).Select(number => Query
            .Where(o => o.Count > number && (o.Note == null || o.Note.ILike($"%{number}%")) && o.Name.In(new string[number]) && o.Price.Between(number, number + 1) && o.Details.Text("a") == "x")
            .Where(o => o.Sql($"length({o.Name}) < {number}"))
            .OrderByDescending(o => o.Rank, Nulls.Last).Take(number).Skip(number).ToSql());
        Assert.Single(texts.Distinct(ReferenceEqualityComparer.Instance));
        var groups = Enumerable.Range(1, 9).Select(number => Query.Where(o => o.Count < number).GroupBy(o => o.Name).Having(g => g.Count() > number).Select(g => g.Key, g => g.Count()).ToSql());
        Assert.Single(groups.Distinct(ReferenceEqualityComparer.Instance));
        Assert.DoesNotContain("50", texts.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Differs_where_the_shape_does()
    {
        var queries = new[]
        {
            Query, Query.Where(o => o.Count == 1), Query.Where(o => o.Count != 1), Query.Where(o => o.Count < 1), Query.Where(o => o.Rank == 1), Query.Where(o => o.Rank == null), Query.Where(o => o.Rank != null),
            Query.Where(o => o.Count.In(1)), Query.Where(o => o.Count.NotIn(1)), Query.Where(o => o.Rank.In(1, null)), Query.Where(o => o.Name.Like("a")), Query.Where(o => o.Name.ILike("a")),
            Query.Where(o => o.Count == 1 && o.Rank == 1), Query.Where(o => o.Count == 1 || o.Rank == 1), Query.Where(o => !(o.Count == 1)), Query.Where(o => o.Count.AsNullable() == o.Rank),
            Query.Where(o => (o.Count == 1 && o.Rank == 1) || o.Id == 1), Query.Where(o => o.Count == 1 && (o.Rank == 1 || o.Id == 1)), Query.Take(1), Query.Skip(1), Query.Take(1).Skip(1),
            Query.OrderBy(o => o.Name), Query.OrderByDescending(o => o.Name), Query.OrderBy(o => o.Note, Nulls.First), Query.OrderBy(o => o.Note), Query.OrderBy(o => o.Name).ThenBy(o => o.Id),
            Query.OrderBy(o => o.Id).ThenBy(o => o.Name), Query.OrderBy(o => o.Name.ToLower()), Query.OrderBy(o => o.Name.ToUpper()), Query.Where(o => o.Details.Text("a") == "1"), Query.Where(o => o.Details.Text("b") == "1"),
            Query.Where(o => o.Details.Text("a", "b") == "1"), Query.Where(o => o.Details.Text("a,b") == "1"), Query.Where(o => o.Details.Text("a', 'b") == "1"), Query.Where(o => o.Details.Number("a") == 1), Query.Where(o => o.Details.HasPath("a")),
            Query.Where(o => o.Details.Contains("1")), Query.Where(o => o.Sql($"true")), Query.Where(o => o.Sql($"{true}")), Query.Where(o => o.Sql($"v")), Query.Where(o => o.Sql($"{o.Sql($"{5} = 5")}")),
            Query.Where(o => o.Sql($"V")), Query.Where(o => o.Sql($"R")), Query.Where(o => o.Sql($"{o.IsActive}")), Query.Where(o => o.Name.Matches("a")), Query.Where(o => o.Name.Matches("a", "english")), Query.ForUpdate(), Query.SkipLocked(), Query.NoWait(),
            Query.Where(o => o.SeenAt.Year() == 1), Query.Where(o => o.SeenAt.Month() == 1), Query.Where(o => o.Tags.Has("a")), Query.Where(o => o.Tags.Overlaps("a")), Query.Where(o => o.Count.Between(1, 2)),
        };
        var texts = queries.Select(static query => query.ToSql()).ToArray();
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.Equal(texts, queries.Select(static query => query.ToSql()));
    }

    [Fact]
    public async Task Of_conditions_within_conditions_is_their_own()
    {
        // Two conditions of one's own that were once written alike: a text, and a condition that holds one value.
        await place.FillAsync();
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(QueryPlace.Specimens, await Query.Where(o => o.Sql($"{o.Sql($"{true}")}")).CountAsync(token));
        Assert.Equal(0, await Query.Where(o => o.Sql($"{o.Sql($"{false}")}")).CountAsync(token));
        await Assert.ThrowsAnyAsync<DualDbException>(() => Query.Where(o => o.Sql($"v")).CountAsync(token));
        Assert.Equal(QueryPlace.Specimens, await Query.Where(o => o.Sql($"{o.Sql($"{true}")}")).CountAsync(token));
    }

    [Fact]
    public void Leaves_the_query_before_as_it_was()
    {
        var first = Query.Where(o => o.Count > 1).OrderBy(o => o.Name);
        var before = first.ToSql();
        _ = first.Where(o => o.Rank > 1).Take(5).ThenBy(o => o.Rank).ForUpdate().AllRows().Distinct();
        Assert.Same(before, first.ToSql());
        var paid = SpecimenColumns.Where(o => o.IsActive == true);
        Assert.Same(Query.And(paid).ToSql(), Query.Where(o => o.IsActive == false).ToSql());
        Assert.Same(Query.Where(paid && SpecimenColumns.Where(o => o.Count == 1)).ToSql(), Query.Where(paid).Where(o => o.Count == 2).ToSql());
        Assert.Equal(before, first.ToString());
    }

    [Fact]
    public void Names_the_rows_of_softly_deleting_entities()
    {
        var live = place.Db.SupabaseEverythings.Where(o => o.Rank == 1);
        Assert.NotEqual(live.ToSql(), live.IncludeDeleted().ToSql());
        Assert.Contains("deleted_at is null", live.ToSql(), StringComparison.Ordinal);
        Assert.DoesNotContain("deleted_at is null", live.IncludeDeleted().ToSql(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_computed_columns_apart_that_are_called_alike()
    {
        string[] texts =
        [
            Query.OrderBy(o => o.SeenAt.Day()).ToSql(), Query.OrderBy(o => o.SeenAt.Date()).ToSql(), Query.OrderBy(o => o.SeenAt.DayOfWeek()).ToSql(), Query.OrderBy(o => o.SeenAt.Year()).ToSql(),
            Query.OrderBy(o => o.SeenAt.Month()).ToSql(), Query.OrderBy(o => o.SeenAt.Hour()).ToSql(), Query.OrderBy(o => o.SeenAt.Minute()).ToSql(), Query.OrderBy(o => o.SeenAt.Second()).ToSql(),
            Query.OrderBy(o => o.Name.ToLower()).ToSql(), Query.OrderBy(o => o.Name.ToUpper()).ToSql(), Query.OrderBy(o => o.Name.Length()).ToSql(),
        ];

        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("::date", texts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("::date", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Adds_skips_and_keeps_the_lowest_limit()
    {
        Assert.Throws<InvalidOperationException>(() => Query.Take(10).Select(o => o.Name).Distinct());
        Assert.Throws<OverflowException>(() => Query.Skip(int.MaxValue).Skip(1));
        Assert.Same(Query.Skip(3).ToSql(), Query.Skip(1).Skip(2).Skip(0).ToSql());
    }
}
