using System.Globalization;
using DualDb.IntegrationTests.Users;

namespace DualDb.IntegrationTests.Rest;

/// <summary>More rows than an answer holds, and more values than an address has room for: all of them are seen.</summary>
public sealed class LimitTests(BadInputPlace place) : IClassFixture<BadInputPlace>
{
    private const int Long = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_server_cuts_off_is_asked_for()
    {
        var texts = place.Db.RestTexts;
        var rows = await PrepareAsync("many");
        var keys = rows.Select(static row => row.Id).ToArray();
        for (var turn = 0; turn < 2; turn++)
        {
            Assert.Equal(rows, await texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).ToListAsync(Token));
            Assert.Equal(rows.Take(120), await texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).Take(120).ToListAsync(Token));
            Assert.Equal(rows.Skip(30).Take(120), await texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).Skip(30).Take(120).ToListAsync(Token));
            Assert.Equal(rows.Skip(200), await texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).Skip(200).ToListAsync(Token));
            Assert.Equal(rows, await texts.FindManyAsync(keys, Token));
            Assert.Equal(rows.Take(60), await texts.ListAsync(60, Token));
            Assert.Equal(BadInputPlace.Rows, await texts.Where(static o => o.Value == "many").CountAsync(Token));
            Assert.Equal(BadInputPlace.Rows, await texts.Where(o => o.Id.In(keys)).CountAsync(Token));
            Assert.Equal(rows.Select(static row => row.Id), await texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).Select(static o => o.Id).ToListAsync(Token));
            var streamed = new List<RestText>();
            await foreach (var row in texts.Where(static o => o.Value == "many").OrderBy(static o => o.Id).StreamAsync(Token))
            {
                streamed.Add(row);
            }

            Assert.Equal(rows, streamed);
            streamed.Clear();
            await foreach (var row in texts.StreamAsync(Token))
            {
                streamed.Add(row);
            }

            Assert.Equal(rows, streamed);
        }

        Assert.Equal(BadInputPlace.Rows, await texts.Where(static o => o.Value == "many").UpdateAsync(static set => set.Note("all"), Token));
        Assert.Equal(BadInputPlace.Rows, await texts.Where(static o => o.Note == "all").DeleteAsync(Token));
    }

    [Fact]
    public async Task A_page_holds_what_was_asked_for()
    {
        var rows = await PrepareAsync("pages");
        var query = place.Db.RestTexts.Where(static o => o.Value == "pages").OrderBy(static o => o.Id);
        var seen = new List<RestText>();
        string? cursor = null;
        do
        {
            var page = await query.ToPageAsync(70, cursor, Token);
            Assert.True(page.Items.Count == 70 || page.Next is null);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(rows, seen);
    }

    [Fact]
    public async Task Views_see_all_rows()
    {
        var db = place.Db;
        var cards = Enumerable.Range(0, BadInputPlace.Rows).Select(static number => new UserCard(Guid.NewGuid(), Estate.Alice, $"code {number}", "text")).ToArray();
        await db.UserCards.InsertManyAsync(cards, Token);
        await db.UserOrders.InsertManyAsync([.. cards.Select(static (card, number) => new UserOrder(number + 1, card.Id, 1))], Token);

        Assert.Equal(BadInputPlace.Rows, (await db.UserCardOrders.ListAsync([.. cards.Select(static card => card.Id)], Token)).Count(static view => view.Orders.Count == 1));
        var streamed = new HashSet<Guid>();
        await foreach (var view in db.UserCardOrders.StreamAsync(cancellationToken: Token))
        {
            streamed.Add(view.Card.Id);
        }

        Assert.Equal(cards.Select(static card => card.Id).ToHashSet(), streamed);
    }

    [Fact]
    public async Task A_list_of_long_texts_is_asked_for_in_parts()
    {
        var texts = place.Db.RestTexts;
        await texts.AllRows().DeleteAsync(Token);
        var rows = Enumerable.Range(0, 300).Select(static number => new RestText(number.ToString("d4", CultureInfo.InvariantCulture), string.Concat(Enumerable.Repeat("é,\"", Long)) + number.ToString(CultureInfo.InvariantCulture))).ToArray();
        await texts.InsertManyAsync(rows, Token);
        var values = rows.Select(static row => row.Value).ToArray();

        Assert.Equal(rows, (await texts.Where(o => o.Value.In(values)).ToListAsync(Token)).OrderBy(static row => row.Id, StringComparer.Ordinal));
        Assert.Equal(300, await texts.Where(o => o.Value.In(values) & o.Note.IsNull()).CountAsync(Token));
        Assert.True(await texts.Where(o => o.Value.In(values)).AnyAsync(Token));
        Assert.False(await texts.Where(o => o.Value.In(values) & o.Note.IsNotNull()).AnyAsync(Token));
        Assert.Contains(await texts.Where(o => o.Value.In(values)).FirstAsync(Token), rows);
        Assert.Equal(rows[299], await texts.Where(o => o.Value.In(values) & o.Id == "0299").SingleAsync(Token));
        await Assert.ThrowsAsync<UnexpectedRowsException>(() => texts.Where(o => o.Value.In(values)).SingleAsync(Token));
        Assert.Equal(7, await texts.Where(o => o.Value.In(values)).Take(7).CountAsync(Token));
        Assert.Equal(values.Order(StringComparer.Ordinal), (await texts.Where(o => o.Value.In(values)).Select(static o => o.Value).Distinct().ToListAsync(Token)).Order(StringComparer.Ordinal));
        foreach (var work in new Func<Task>[]
        {
            () => texts.Where(o => o.Value.In(values)).OrderBy(static o => o.Id).ToListAsync(Token), () => texts.Where(o => o.Value.In(values)).OrderBy(static o => o.Id).FirstAsync(Token),
            () => texts.Where(o => o.Value.In(values)).OrderBy(static o => o.Id).Take(10).ToListAsync(Token), () => texts.Where(o => o.Value.NotIn(values)).ToListAsync(Token),
            () => texts.Where(o => o.Value.In(values) | o.Note.IsNull()).ToListAsync(Token), () => texts.Where(o => o.Value.In(values)).DeleteAsync(Token),
        })
        {
            var failure = await Assert.ThrowsAsync<NotSupportedException>(work);
            Assert.Contains("Supabase.ConnectionString", failure.Message, StringComparison.Ordinal);
            Assert.Contains("RestText", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Async", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_computed_over_a_list_in_parts_is_put_together()
    {
        var entries = place.Db.RestEntries;
        await entries.AllRows().DeleteAsync(Token);
        var rows = Enumerable.Range(0, 300).Select(static number => new RestEntry(
            string.Concat(Enumerable.Repeat("é", 50)) + number.ToString(CultureInfo.InvariantCulture), "n", number, Weather.Calm, At: number % 2 == 0 ? null : DateTimeOffset.UnixEpoch.AddDays(number))).ToArray();
        await entries.InsertManyAsync(rows, Token);
        var ids = rows.Select(static row => row.Id).Concat(rows.Select(static row => row.Id)).ToArray();

        Assert.Equal(rows.Sum(static row => row.Number), await entries.Where(o => o.Id.In(ids)).SumAsync(static o => o.Number, Token));
        Assert.Equal(0, await entries.Where(o => o.Id.In(ids)).MinAsync(static o => o.Number, Token));
        Assert.Equal(299, await entries.Where(o => o.Id.In(ids)).MaxAsync(static o => o.Number, Token));
        Assert.Equal(rows[1].At, await entries.Where(o => o.Id.In(ids)).MinAsync(static o => o.At, Token));
        Assert.Equal(rows[299].At, await entries.Where(o => o.Id.In(ids)).MaxAsync(static o => o.At, Token));
        foreach (var work in new Func<Task>[] { () => entries.Where(o => o.Id.In(ids)).AverageAsync(static o => o.Number, Token), () => entries.Where(o => o.Id.In(ids)).MaxAsync(static o => o.Id, Token) })
        {
            Assert.StartsWith("RestEntry.", (await Assert.ThrowsAsync<NotSupportedException>(work)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_leaves_room_for_the_other_conditions()
    {
        var ids = Enumerable.Range(0, 200).Select(static _ => Guid.NewGuid()).ToArray();
        var others = new string('x', 4_000);
        Assert.Empty(await place.Db.UserCards.Where(o => o.Id.In(ids) & o.Code != others).ToListAsync(Token));
        Assert.Equal(0, await place.Db.UserCards.Where(o => o.Id.In(ids) & o.Code != others).CountAsync(Token));
    }

    // In the order of their keys.
    private async Task<RestText[]> PrepareAsync(string value)
    {
        await place.Db.RestTexts.AllRows().DeleteAsync(Token);
        var rows = Enumerable.Range(0, BadInputPlace.Rows).Select(number => new RestText(number.ToString("d4", CultureInfo.InvariantCulture), value)).ToArray();
        await place.Db.RestTexts.InsertManyAsync(rows, Token);
        return rows;
    }
}
