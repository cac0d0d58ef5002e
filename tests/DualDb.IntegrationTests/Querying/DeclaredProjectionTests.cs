using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Types declared as projections, read from a real table.</summary>
public sealed class DeclaredProjectionTests(ShapeServers servers)
{
    [Fact]
    public async Task Reads_what_the_rows_have_in_their_columns()
    {
        var token = TestContext.Current.CancellationToken;
        await using var place = await servers.CreateAsync("projections", static (neon, supabase) => (neon, supabase));
        var values = new SpecimenRows(new Random(7));
        await place.Db.Specimens.InsertManyAsync([.. Enumerable.Range(1, 40).Select(id => values.Next(id))], token);
        var rows = await place.Db.Specimens.OrderBy(o => o.Id).ToListAsync(token);
        var query = place.Db.Specimens.OrderBy(o => o.Id);

        Assert.Equal(
            rows.Select(static row => new SpecimenSummary(row.Id, row.Name, row.Rank, row.Named)), await query.Select<SpecimenSummary>().ToListAsync(token));
        Assert.Equal(rows.Select(static row => new Nested.Pair(row.Id, row.SeenAt)), await query.Select<Nested.Pair>().ToListAsync(token));
        var read = await query.Select<SpecimenRow>().ToListAsync(token);
        Assert.All(rows.Zip(read), static pair =>
        {
            Assert.Equal((pair.First.Id, pair.First.Count, pair.First.Price, 0), (pair.Second.Id, pair.Second.Count, pair.Second.Price, pair.Second.Place));
            Assert.Equal(pair.First.Marks, pair.Second.Marks);
            Assert.Equal(pair.First.Details?.GetRawText(), pair.Second.Details?.GetRawText());
        });
        Assert.Equal("select id, name, rank, named\nfrom public.specimens\norder by public.specimens.id", query.Select<SpecimenSummary>().ToSql());

        var page = await query.Select<SpecimenSummary>().ToPageAsync(15, cursor: null, token);
        var next = await query.Select<SpecimenSummary>().ToPageAsync(15, page.Next, token);
        Assert.Equal(rows.Take(30).Select(static row => row.Id), page.Items.Concat(next.Items).Select(static row => row.Id));
    }
}
