using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Rest;

/// <summary>
/// Ten thousand texts, each as body, as key, as value of a filter and as element of a list: they come back equal and find no row but their own,
/// written over one way to the database and read over either.
/// </summary>
public sealed class EscapingTests(EscapingPlace place) : IClassFixture<EscapingPlace>
{
    private const int Parallelism = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Rest, Endpoint.Rest)]
    [InlineData(Endpoint.Rest, Endpoint.Direct)]
    [InlineData(Endpoint.Direct, Endpoint.Rest)]
    [InlineData(Endpoint.Direct, Endpoint.Direct)]
    public async Task Every_text_comes_back_and_finds_its_own_row_alone(Endpoint written, Endpoint read)
    {
        Assert.Equal(EscapingPlace.Rows, await place.WriteAsync(written));
        var texts = place[read].RestTexts;

        // As keys.
        Assert.Equal(EscapingPlace.Rows, await texts.FindManyAsync(EscapingPlace.Texts.ToArray(), Token));

        // As elements of lists: rows in no order of ours.
        await EachAsync(500, async rows =>
        {
            var values = rows.Select(static row => row.Value).ToArray();
            AssertSame(rows, await texts.Where(o => o.Value.In(values)).ToListAsync(Token));
        });

        // As values that columns equal, several to a request.
        await EachAsync(20, async rows => AssertSame(rows, await texts.Where(o => rows.Select(row => o.Value == row.Value).Aggregate(static (one, other) => one | other)).ToListAsync(Token)));
    }

    [Theory]
    [InlineData(Endpoint.Rest)]
    [InlineData(Endpoint.Direct)]
    public async Task A_text_alone_finds_its_row(Endpoint endpoint)
    {
        await place.WriteAsync(Endpoint.Direct);
        var texts = place[endpoint].RestTexts;
        await Parallel.ForEachAsync(Some(600), Options, async (row, token) =>
        {
            Assert.Equal(row, await texts.FindAsync(row.Id, token));
            Assert.Equal(row, Assert.Single(await texts.Where(o => o.Value == row.Value).ToListAsync(token)));
            Assert.Equal(EscapingPlace.Count - 1, await texts.Where(o => o.Value != row.Value).CountAsync(token));
        });
    }

    [Theory]
    [InlineData(Endpoint.Rest)]
    [InlineData(Endpoint.Direct)]
    public async Task A_pattern_made_of_a_text_means_the_text(Endpoint endpoint)
    {
        await place.WriteAsync(Endpoint.Direct);
        var texts = place[endpoint].RestTexts;
        await Parallel.ForEachAsync(Some(200).Where(static row => row.Value.Length > 2), Options, async (row, token) =>
        {
            var text = row.Value;
            AssertSame(Those(value => value.StartsWith(text, StringComparison.Ordinal)), await texts.Where(o => o.Value.StartsWith(text)).ToListAsync(token));
            AssertSame(Those(value => value.EndsWith(text, StringComparison.Ordinal)), await texts.Where(o => o.Value.EndsWith(text)).ToListAsync(token));
            AssertSame(Those(value => value.Contains(text, StringComparison.Ordinal)), await texts.Where(o => o.Value.Contains(text)).ToListAsync(token));
        });
    }

    [Theory]
    [InlineData(Endpoint.Rest)]
    [InlineData(Endpoint.Direct)]
    public async Task A_text_is_changed_and_deleted_where_it_is_meant(Endpoint endpoint)
    {
        await place.WriteAsync(Endpoint.Direct);
        var texts = place[endpoint].RestTexts;
        var rows = Some(150).ToArray();
        await Parallel.ForEachAsync(rows, Options, async (row, token) =>
        {
            Assert.Equal(row with { Note = row.Value }, await texts.UpdateAsync(row with { Note = row.Value }, token));
            Assert.Equal(row with { Note = row.Id }, await texts.PatchAsync(row.Id, set => set.Note(row.Id), token));
            Assert.Equal(row with { Note = "" }, await texts.UpsertAsync(row with { Note = "" }, token));
            Assert.True(await texts.DeleteAsync(row.Id, token));
        });

        var left = EscapingPlace.Rows.Except(rows).ToArray();
        AssertSame(left, await place[Endpoint.Direct].RestTexts.ListAsync(EscapingPlace.Count, Token));
    }

    private static ParallelOptions Options => new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = Token };

    private static Task EachAsync(int size, Func<RestText[], Task> work)
        => Parallel.ForEachAsync(EscapingPlace.Rows.Chunk(size), Options, async (rows, _) => await work(rows));

    // Those that are certain stand at the beginning.
    private static IEnumerable<RestText> Some(int count) => EscapingPlace.Rows.Take(80).Concat(EscapingPlace.Rows.Skip(80).Where((_, index) => index % (EscapingPlace.Count / count) == 0));

    private static IEnumerable<RestText> Those(Predicate<string> isWanted) => EscapingPlace.Rows.Where(row => isWanted(row.Value));

    private static void AssertSame(IEnumerable<RestText> expected, IEnumerable<RestText> actual)
        => Assert.Equal(expected.OrderBy(static row => row.Id, StringComparer.Ordinal), actual.OrderBy(static row => row.Id, StringComparer.Ordinal));
}
