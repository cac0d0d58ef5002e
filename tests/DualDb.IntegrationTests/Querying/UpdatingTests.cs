using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Updates and deletions of many rows.</summary>
public sealed class UpdatingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Updates_rows_their_versions_and_their_times(Endpoint endpoint)
    {
        var rows = await FillAsync(endpoint, 10);
        var table = place[endpoint].Db.SupabaseEverythings;
        var before = await table.ListAsync(10, Token);
        Assert.Equal(4, await table.Where(o => o.Rank < 4).UpdateAsync(static set => set.Add(o => o.Rank, 100).Tags(["x"]), Token));
        var after = await table.ListAsync(10, Token);
        for (var i = 0; i < rows; i++)
        {
            Assert.Equal(i < 4 ? before[i].Rank + 100 : before[i].Rank, after[i].Rank);
            Assert.Equal(before[i].Version + (i < 4 ? 1 : 0), after[i].Version);
            Assert.Equal(before[i].CreatedAt, after[i].CreatedAt);
            Assert.Equal(i < 4, after[i].UpdatedAt > before[i].UpdatedAt);
            Assert.Equal(before[i].Slug, after[i].Slug);
        }

        Assert.Equal(["x"], after[0].Tags);
        Assert.Equal(3, await table.OrderByDescending(o => o.Rank).Take(3).AllRows().UpdateAsync(static set => set.Rank(-1), Token));
        Assert.Equal(["s1", "s2", "s3"], (await table.Where(o => o.Rank == -1).OrderBy(o => o.Slug).Select(o => o.Slug).ToListAsync(Token)));
        Assert.Equal(2, await table.Where(o => o.Rank > -1).OrderBy(o => o.Rank).Skip(1).Take(2).UpdateAsync(static set => set.Rank(-2), Token));
        Assert.Equal(["s5", "s6"], (await table.Where(o => o.Rank == -2).OrderBy(o => o.Slug).Select(o => o.Slug).ToListAsync(Token)));
    }

    [Fact]
    public async Task Marks_rows_and_leaves_marked_ones_alone()
    {
        await FillAsync(Endpoint.Direct, 10);
        var table = place.Db.SupabaseEverythings;
        Assert.Equal(3, await table.Where(o => o.Rank < 3).DeleteAsync(Token));
        Assert.Equal(0, await table.Where(o => o.Rank < 3).DeleteAsync(Token));
        Assert.Equal(0, await table.Where(o => o.Rank < 3).IncludeDeleted().DeleteAsync(Token));
        Assert.Equal(7, await table.Query().CountAsync(Token));
        Assert.Equal(10, await table.Query().IncludeDeleted().CountAsync(Token));
        var marked = await table.Where(o => o.DeletedAt.IsNotNull()).IncludeDeleted().ToListAsync(Token);
        Assert.Equal([0, 1, 2], marked.Select(static row => row.Rank).Order());
        Assert.All(marked, static row => Assert.Equal((2, true), (row.Version, row.UpdatedAt > row.CreatedAt)));
        Assert.Equal(0, await table.Where(o => o.Rank < 3).UpdateAsync(static set => set.Rank(50), Token));
        Assert.Equal(3, await table.Where(o => o.Rank < 3).IncludeDeleted().UpdateAsync(static set => set.Add(o => o.Rank, 50), Token));
        Assert.Equal(2, await table.AllRows().OrderByDescending(o => o.Rank).Take(2).DeleteAsync(Token));
        Assert.Equal([3, 4, 5, 6, 7], await table.OrderBy(o => o.Rank).Select(o => o.Rank).ToListAsync(Token));
        Assert.Equal(5, await table.AllRows().DeleteAsync(Token));
        Assert.Equal(0, await table.CountAsync(Token));
    }

    [Fact]
    public async Task Works_with_keys_of_several_columns_in_the_other_database()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate archiveds");
        var table = place.Db.SupabaseArchiveds;
        await table.InsertManyAsync([.. Enumerable.Range(0, 12).Select(static n => new Shapes.Supabase.Archived { Year = 2000 + (n % 3), Folder = $"f{n}", Pages = n })], Token);
        Assert.Equal(3, await table.Where(o => o.Year == 2001).OrderByDescending(o => o.Pages).Take(3).UpdateAsync(static set => set.Add(o => o.Pages, 1_000), Token));
        Assert.Equal([1_004, 1_007, 1_010], await table.Where(o => o.Pages > 999).OrderBy(o => o.Pages).Select(o => o.Pages).ToListAsync(Token));
        Assert.Equal(2, await table.Where(o => o.Year == 2001).OrderBy(o => o.Pages).Take(2).DeleteAsync(Token));
        Assert.Equal(10, await table.Query().CountAsync(Token));
        Assert.Equal(2, await table.Where(o => o.ArchivedAt.IsNotNull() && o.Version > 1).IncludeDeleted().CountAsync(Token));
    }

    [Fact]
    public async Task Sets_every_kind_of_column_and_null()
    {
        await place.FillAsync();
        var table = place.Db.Specimens;
        var all = await table.GetAsync(1, Token);
        var other = await table.GetAsync(2, Token);
        Assert.Equal(1, await table.Where(o => o.Id == 1).UpdateAsync(
            set => set.Name("n").Note(null).Count(1).Rank(null).Price(2).Discount(null).Weight(double.NaN).Height(null).Ratio(-0f).IsActive(true).IsChecked(null).Code(Guid.Empty)
                .SeenAt(DateTimeOffset.MaxValue).SoldAt(null).Born(null).Opens(null).Lasts(null).Weekday(DayOfWeek.Friday).Named(null).Bytes(null).Tags(null).Marks(null).Details(null),
            Token));
        var changed = await table.GetAsync(1, Token);
        Assert.Equal(
            all with
            {
                Name = "n", Note = null, Count = 1, Rank = null, Price = 2, Discount = null, Weight = double.NaN, Height = null, Ratio = -0f, IsActive = true, IsChecked = null, Code = Guid.Empty,
                SeenAt = DateTimeOffset.MaxValue, SoldAt = null, Born = null, Opens = null, Lasts = null, Weekday = DayOfWeek.Friday, Named = null, Bytes = null, Tags = null, Marks = null, Details = null,
            },
            changed);
        Assert.Equal(1, await table.Where(o => o.Id == 1).UpdateAsync(set => set.Named(DayOfWeek.Monday).Tags(["a"]).Marks([1, null]).Bytes([7]).Lasts(TimeSpan.FromDays(2)).Details(System.Text.Json.JsonElement.Parse("{\"a\":2}")), Token));
        Assert.Equal(2, await table.Where(o => o.Id == 1).Select(o => o.Details.Number("a")).SingleAsync(Token));
        Assert.Equal(1, await table.Where(o => o.Id == 1 && o.Named == DayOfWeek.Monday && o.Tags.Has("a") && o.Marks.Has(1)).CountAsync(Token));
        Assert.Equal(1, await table.Where(o => o.Id == 1).UpdateAsync(static set => set.Copy(o => o.Note, o => o.Name.AsNullable()).Copy(o => o.Rank, o => o.Count.AsNullable()).Add(o => o.Count, -3).Add(o => o.Discount, 1), Token));
        var copied = await table.GetAsync(1, Token);
        Assert.Equal(("n", 1, -2, (decimal?)null), (copied.Note, copied.Rank, copied.Count, copied.Discount));
        Assert.Equal(other.Id, (await table.GetAsync(2, Token)).Id);
    }

    [Fact]
    public async Task Needs_a_condition_or_the_name_of_all()
    {
        await FillAsync(Endpoint.Direct, 3);
        var table = place.Db.SupabaseEverythings;
        using var counter = StatementCounter.Start();
        var queries = new[]
        {
            table.Query(), table.Where(o => o.Id.NotIn()), table.Where(o => !o.Id.In()), table.Where(Filter<Everything>.All), table.Query().Take(1), table.OrderBy(o => o.Id), table.Query().IncludeDeleted(),
        };
        foreach (var query in queries)
        {
            var update = await Assert.ThrowsAsync<InvalidOperationException>(() => query.UpdateAsync(static set => set.Rank(1), Token));
            Assert.Contains("AllRows()", update.Message, StringComparison.Ordinal);
            Assert.Contains("Everything", update.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidOperationException>(() => query.DeleteAsync(Token));
        }

        Assert.Equal(0, counter.Count);
        Assert.Equal(3, await table.Where(o => o.Id.NotIn()).AllRows().UpdateAsync(static set => set.Rank(1), Token));
        Assert.Equal(3, await table.AllRows().DeleteAsync(Token));
    }

    [Fact]
    public async Task Refuses_bad_updates_before_anything_is_sent()
    {
        var table = place.Db.SupabaseEverythings;
        var some = table.Where(o => o.Rank == 1);
        using var counter = StatementCounter.Start();
        await Assert.ThrowsAsync<ArgumentNullException>(() => some.UpdateAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static _ => { }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static set => set.Rank(1).Rank(2), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static set => set.Rank(1).Add(o => o.Rank, 2), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static set => set.Add(o => o.Id, 2), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static set => set.Add(o => o.Version, 2), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => some.UpdateAsync(static set => set.Add(o => o.Slug.Length(), 2), Token));
        await Assert.ThrowsAsync<InvalidEntityException>(() => some.UpdateAsync(static set => set.Slug(null!), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => some.Distinct().UpdateAsync(static set => set.Rank(1), Token));
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Explains_what_a_constraint_refuses_and_changes_nothing()
    {
        await FillAsync(Endpoint.Direct, 3);
        var table = place.Db.SupabaseEverythings;
        var failure = await Assert.ThrowsAsync<ConstraintViolationException>(() => table.AllRows().UpdateAsync(static set => set.Slug("same"), Token));
        Assert.Equal(("Everything", Database.Supabase), (failure.Entity, failure.Database));
        Assert.Equal(0, await table.Where(o => o.Slug == "same").CountAsync(Token));
    }

    private async Task<int> FillAsync(Endpoint endpoint, int count)
    {
        await place[endpoint].ExecuteAsync(Database.Supabase, "truncate everythings");
        await place[endpoint].Db.SupabaseEverythings.InsertManyAsync([.. Enumerable.Range(0, count).Select(static n => new Everything { Slug = $"s{n}", Rank = n })], Token);
        return count;
    }
}
