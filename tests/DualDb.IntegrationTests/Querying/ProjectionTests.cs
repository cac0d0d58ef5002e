using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;

namespace DualDb.IntegrationTests.Querying;

public sealed class ProjectionTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Selects_up_to_eight_columns(Endpoint endpoint)
    {
        await place.FillAsync();
        var rows = QueryPlace.MakeSpecimens();
        var query = place[endpoint].Db.Specimens.OrderBy(o => o.Id);
        Assert.Equal(rows.Select(static r => r.Name), await query.Select(o => o.Name).ToListAsync(Token));
        Assert.Equal(rows.Select(static r => (r.Id, r.Rank)), await query.Select(o => o.Id, o => o.Rank).ToListAsync(Token));
        Assert.Equal(rows.Select(static r => (r.Id, r.Note, r.Price)), await query.Select(o => o.Id, o => o.Note, o => o.Price).ToListAsync(Token));
        Assert.Equal(rows.Select(static r => (r.Id, r.Code, r.Born, r.Named)), await query.Select(o => o.Id, o => o.Code, o => o.Born, o => o.Named).ToListAsync(Token));
        Assert.Equal(
            rows.Select(static r => (r.Weekday, r.Weight, r.Ratio, r.Opens, r.Lasts)), await query.Select(o => o.Weekday, o => o.Weight, o => o.Ratio, o => o.Opens, o => o.Lasts).ToListAsync(Token));
        Assert.Equal(
            rows.Select(static r => (r.Id, r.Id, r.IsActive, r.IsChecked, r.Discount, r.Height)),
            await query.Select(o => o.Id, o => o.Id, o => o.IsActive, o => o.IsChecked, o => o.Discount, o => o.Height).ToListAsync(Token));
        Assert.Equal(
            rows.Select(static r => (r.Id, r.Name, r.Name.Length == 0, r.Count, (long?)r.Count, r.Rank, r.Price)),
            (await query.Select(o => o.Id, o => o.Name, o => o.Name.Length(), o => o.Count, o => o.Count.ToInt64(), o => o.Rank, o => o.Price).ToListAsync(Token))
                .Select(static r => (r.Item1, r.Item2, r.Item3 == 0, r.Item4, r.Item5, r.Item6, r.Item7)));
        var eight = await query.Select(o => o.Id, o => o.Tags, o => o.Marks, o => o.Bytes, o => o.Details.Value, o => o.Details.Text("a"), o => o.SeenAt, o => o.SoldAt).ToListAsync(Token);
        for (var i = 0; i < rows.Count; i++)
        {
            var (id, tags, marks, bytes, details, _, seen, sold) = eight[i];
            Assert.Equal((rows[i].Id, rows[i].SeenAt, rows[i].SoldAt), (id, seen, sold));
            Assert.Equal(rows[i].Tags, tags);
            Assert.Equal(rows[i].Marks, marks);
            Assert.Equal(rows[i].Bytes, bytes);
            Assert.Equal(rows[i].Details is null, details is null);
        }
    }

    [Fact]
    public async Task Reads_first_single_and_distinct()
    {
        await place.FillAsync();
        var rows = QueryPlace.MakeSpecimens();
        var names = place.Db.Specimens.Query().Select(o => o.Name);
        Assert.Equal(rows.Select(static row => row.Name).ToHashSet(), (await names.Distinct().ToListAsync(Token)).ToHashSet());
        var few = await place.Db.Specimens.OrderByDescending(o => o.Name.ToLower()).Select(o => o.Name.ToLower()).Distinct().Take(3).ToListAsync(Token);
        Assert.Equal(3, few.Distinct().Count());
        Assert.Equal(17, await place.Db.Specimens.Where(o => o.Id == 17).Select(o => o.Id).SingleAsync(Token));
        Assert.Equal(0, await place.Db.Specimens.Where(o => o.Id == -17).Select(o => o.Id).FirstOrDefaultAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => place.Db.Specimens.Where(o => o.Id == -17).Select(o => o.Id).SingleAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => place.Db.Specimens.Where(o => o.Id == -17).Select(o => o.Id).FirstAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => names.SingleAsync(Token));
        Assert.Equal([4L, 5], await place.Db.Specimens.Query().Select(o => o.Id).Skip(3).Take(2).ToListAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => place.Db.Specimens.OrderBy(o => o.Id).Select(o => o.Name).Distinct().ToListAsync(Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => names.Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => names.Skip(-1));
    }

    [Fact]
    public async Task Reads_whole_rows()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.OrderBy(o => o.Id);
        Assert.Equal([2L, 3], (await query.Skip(1).Take(2).ToListAsync(Token)).Select(static row => row.Id));
        Assert.Equal(QueryPlace.Specimens, (await query.Distinct().OrderBy(o => o.Name.ToLower()).ToListAsync(Token)).Count);
        Assert.Equal(1, (await query.FirstAsync(Token)).Id);
        Assert.Equal(QueryPlace.Specimens, (await query.OrderByDescending(o => o.Id).FirstOrDefaultAsync(Token))!.Id);
        Assert.Equal(9, (await query.Where(o => o.Id == 9).SingleAsync(Token)).Id);
        Assert.Null(await query.Where(o => o.Id == -9).SingleOrDefaultAsync(Token));
        Assert.Null(await query.Where(o => o.Id == -9).FirstOrDefaultAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => query.Where(o => o.Id == -9).FirstAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => query.Where(o => o.Id == -9).SingleAsync(Token));
        var several = await Assert.ThrowsAsync<UnexpectedRowsException>(() => query.SingleAsync(Token));
        Assert.Contains("Specimen", several.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => query.SingleOrDefaultAsync(Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => query.Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => query.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => query.Skip(-1));
    }

    [Fact]
    public async Task Says_which_column_holds_what_does_not_fit()
    {
        await place.Place.ExecuteAsync(Database.Supabase, "truncate enums; insert into enums (id, number, text, stage, rights, rights_text, small, large, unsigned, narrow, bounded) values (1, 0, 'Nonsense', 'Draft', 0, 'None', 0, 0, 0, 0, 'Monday')");
        var failure = await Assert.ThrowsAsync<RowMappingException>(() => place.Db.SupabaseEnums.Query().Select(o => o.Id, o => o.Text).ToListAsync(Token));
        Assert.Equal(("Enums", Database.Supabase, "text"), (failure.Entity, failure.Database, failure.Column));
        Assert.Equal(Stage.Draft, await place.Db.SupabaseEnums.Query().Select(o => o.Stage).SingleAsync(Token));
    }
}
