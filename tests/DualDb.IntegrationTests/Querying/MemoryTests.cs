using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Querying;

/// <summary>One condition, two answers: PostgreSQL's and memory's, over random rows and conditions.</summary>
public sealed class MemoryTests(ShapeServers servers, ITestOutputHelper output)
{
    private const int Rows = 120;
    private const int Filters = 500;

    [Fact]
    public async Task Answers_as_PostgreSQL_does()
    {
        var token = TestContext.Current.CancellationToken;
        await using var place = await servers.CreateAsync("memory", static (neon, supabase) => (neon, supabase));
        var random = new Random(20_261_122);
        var values = new SpecimenRows(random);
        await place.Db.Specimens.InsertManyAsync([.. Enumerable.Range(1, Rows).Select(id => values.Next(id))], token);
        var rows = await place.Db.Specimens.ListAsync(Rows, token);
        Assert.Equal(Rows, rows.Count);
        var filters = new RandomFilters(random);
        var answers = new Dictionary<string, int>(StringComparer.Ordinal) { ["true"] = 0, ["false"] = 0, ["unknown"] = 0 };
        for (var i = 0; i < Filters; i++)
        {
            var filter = filters.Next(depth: 4);
            var yes = await IdsAsync(filter);
            var no = await IdsAsync(!filter);
            foreach (var row in rows)
            {
                var expected = yes.Contains(row.Id) ? "true" : no.Contains(row.Id) ? "false" : "unknown";
                var actual = filter.Evaluate(row) switch { true => "true", false => "false", null => "unknown" };
                Assert.True(expected.Equals(actual, StringComparison.Ordinal), $"{filter}\nis {expected} in PostgreSQL and {actual} in memory of\n{row}");
                answers[expected]++;
            }
        }

        output.WriteLine(string.Join(", ", answers));
        Assert.Equal(Rows * Filters, answers.Values.Sum());
        Assert.All(answers, static answer => Assert.True(answer.Value > Rows * Filters / 50, $"Only {answer.Value} were {answer.Key}."));

        async Task<HashSet<long>> IdsAsync(Filter<Specimen> filter)
            => [.. await place.Db.Specimens.Where(filter).Select(o => o.Id).ToListAsync(token)];
    }
}
