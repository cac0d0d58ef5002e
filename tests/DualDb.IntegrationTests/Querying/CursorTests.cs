using DualDb.IntegrationTests.Repositories.BadInput;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Cursors that are not the query's: refused before anything is sent.</summary>
public sealed class CursorTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edited_in_any_character_are_refused()
    {
        var (query, cursor) = await BeginAsync();
        using var counter = StatementCounter.Start();
        for (var i = 0; i < cursor.Length; i++)
        {
            foreach (var c in (char[])[.. Alphabet.Where(other => other != cursor[i]), ' ', '=', '%', 'ä', '\0'])
            {
                await Assert.ThrowsAsync<InvalidCursorException>(() => query.ToPageAsync(5, cursor[..i] + c + cursor[(i + 1)..], Token));
            }
        }

        string[] others = ["", " ", cursor + "A", "A" + cursor, cursor[1..], cursor[..^1], cursor + "=", cursor + " ", " " + cursor, cursor + cursor, cursor.ToUpperInvariant(), "null", new string('A', 100_000)];
        foreach (var other in others)
        {
            var refused = await Assert.ThrowsAsync<InvalidCursorException>(() => query.ToPageAsync(5, other, Token));
            Refusal.AssertHelps(refused, "Specimen", Database.Supabase, column: null);
        }

        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Of_other_queries_are_refused()
    {
        var (query, cursor) = await BeginAsync();
        var specimens = place.Db.Specimens;
        var others = new[]
        {
            query.Where(o => o.Id > 0), query.IncludeDeleted().ThenBy(o => o.Rank), specimens.Where(o => o.Count > -6).OrderBy(o => o.Name), specimens.Where(o => o.Count >= -5).OrderBy(o => o.Name),
            specimens.Where(o => o.Count > -5).OrderByDescending(o => o.Name), specimens.Where(o => o.Count > -5).OrderBy(o => o.Note), specimens.Where(o => o.Count > -5), specimens.Query(),
            specimens.Where(o => o.Count > -5).OrderBy(o => o.Name.ToLower()), specimens.Where(o => o.Count.In(-5)).OrderBy(o => o.Name),
        };
        using var counter = StatementCounter.Start();
        foreach (var other in others)
        {
            await Assert.ThrowsAsync<InvalidCursorException>(() => other.ToPageAsync(5, cursor, Token));
        }

        await Assert.ThrowsAsync<InvalidCursorException>(() => place.Db.SupabaseTexts.Query().ToPageAsync(5, cursor, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => query.Where(o => o.Id.In()).ToPageAsync(5, cursor, Token));
        Assert.Equal(0, counter.Count);
        Assert.NotEmpty((await specimens.Where(o => o.Count > -5).OrderBy(o => o.Name).ToPageAsync(7, cursor, Token)).Items);
    }

    [Fact]
    public async Task Tell_lists_of_values_apart()
    {
        await place.FillAsync();
        var specimens = place.Db.Specimens;
        var page = await specimens.Where(o => o.Name.In("a", "b", "A", "", "aB")).ToPageAsync(1, cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidCursorException>(() => specimens.Where(o => o.Name.In("a", "b", "A", "aB")).ToPageAsync(1, page.Next, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => specimens.Where(o => o.Name.In("ab", "", "A", "", "aB")).ToPageAsync(1, page.Next, Token));
        Assert.Single((await specimens.Where(o => o.Name.In(new List<string> { "a", "b", "A", "", "aB" })).ToPageAsync(1, page.Next, Token)).Items);
    }

    [Fact]
    public async Task Refuses_what_no_page_can_be()
    {
        var specimens = place.Db.Specimens;
        using var counter = StatementCounter.Start();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => specimens.Query().ToPageAsync(0, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => specimens.Query().ToPageAsync(-1, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => specimens.Query().ToPageAsync(int.MaxValue, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => specimens.Query().Take(5).ToPageAsync(5, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => specimens.Query().Skip(5).ToPageAsync(5, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => specimens.Query().Select(o => o.Name).Distinct().ToPageAsync(5, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => specimens.Query().GroupBy(o => o.Name).Select(g => g.Key).ToPageAsync(5, cancellationToken: Token));
        await Assert.ThrowsAsync<NotSupportedException>(() => specimens.OrderBy(o => o.Tags).ToPageAsync(5, cancellationToken: Token));
        Assert.Equal(0, counter.Count);
    }

    private async Task<(Query<Specimen, SpecimenColumns, SpecimenChanges, SupabaseTransaction> Query, string Cursor)> BeginAsync()
    {
        await place.FillAsync();
        var query = place.Db.Specimens.Where(o => o.Count > -5).OrderBy(o => o.Name);
        return (query, (await query.ToPageAsync(5, cancellationToken: Token)).Next!);
    }
}
