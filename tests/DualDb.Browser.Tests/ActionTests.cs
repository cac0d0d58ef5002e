using System.Diagnostics;
using DualDb.Browser.Tests.Places;

namespace DualDb.Browser.Tests;

/// <summary>What operators click takes effect in the database, and is kept with who did it.</summary>
public sealed class ActionTests(ServedShop shop)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Dead_letters_are_replayed_and_discarded()
    {
        const string Dead = "select count(*) from dualdb.outbox_deliveries where state = 'dead'";
        await shop.TurnAsync("mails");
        await HoldsAsync(Dead, static dead => dead >= 6, "letters are dead");
        await shop.TurnAsync("heal");
        await using var page = await OpenPage.CreateAsync(shop);

        await page.GoAsync("/dualdb/outbox");
        var before = await shop.AskNeonAsync<long>("select count(*) from dualdb.outbox_audit where action = 'replay'");
        await page.DoAsync("replay", "the mail service is back");
        await HoldsAsync("select count(*) from dualdb.outbox_audit where action = 'replay'", count => count == before + 1, "one is replayed");

        await page.GoAsync("/dualdb/outbox");

        // The first may still be shown as it was: what is younger than two seconds is not read again.
        await page.DoAsync("discard", "nobody waits for it", "details[data-action='discard'] >> nth=1");
        await HoldsAsync("select count(*) from dualdb.outbox_audit where action = 'discard' and reason = 'nobody waits for it'", static count => count == 1, "one is discarded");

        await page.GoAsync("/dualdb/outbox");
        await page.DoAsync("replay-group", "all of them");
        await HoldsAsync(Dead, static dead => dead == 0, "none is dead");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_map_is_paused_and_goes_on()
    {
        const string Paused = "select count(*) from dualdb.sync_pauses where map = 'customers' and ended_at is null and expires_at > now()";
        await using var page = await OpenPage.CreateAsync(shop);

        await page.GoAsync("/dualdb/sync");
        await page.DoAsync("pause", "looking into it", "[id='do-pause-customers']");
        await HoldsAsync(Paused, static count => count > 0, "it is paused");
        await page.GoAsync("/dualdb/sync");
        await page.DoAsync("continue", reason: null, "[id='do-continue-customers']");
        await HoldsAsync(Paused, static count => count == 0, "it goes on");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_comparison_is_begun_and_kept()
    {
        var before = await shop.AskSupabaseAsync<long>("select count(*) from dualdb.verification_runs");
        await using var page = await OpenPage.CreateAsync(shop);

        await page.GoAsync("/dualdb/consistency");
        await page.DoAsync("verify", reason: null);

        await HoldsAsync("select count(*) from dualdb.verification_runs", count => count > before, "it is kept", inNeon: false);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Alerts_are_silenced_and_not()
    {
        const string Silences = "select count(*) from dualdb.alert_silences where until > now()";
        await using var page = await OpenPage.CreateAsync(shop);

        await page.GoAsync("/dualdb/alerts");
        await page.DoAsync("silence", "maintenance");
        await HoldsAsync(Silences, static count => count == 1, "it is silenced", inNeon: false);
        await page.GoAsync("/dualdb/alerts");
        await page.DoAsync("end-silence", reason: null);
        await HoldsAsync(Silences, static count => count == 0, "it is told again", inNeon: false);
        Assert.Equal(1L, await shop.AskSupabaseAsync<long>("select count(*) from dualdb.operator_audit where action like '%silence' and reason = 'maintenance' and begun is null"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_finished_saga_is_undone()
    {
        await HoldsAsync("select count(*) from dualdb.sagas where state = 'completed'", static count => count > 0, "one is finished");
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync("/dualdb/sagas");
        await page.Page.Locator("tr[data-id] a").First.ClickAsync();
        var id = await page.Page.Locator("dl[data-saga]").GetAttributeAsync("data-id");

        await page.DoAsync("compensate", "ordered twice");

        await HoldsAsync($"select count(*) from dualdb.saga_audit where action = 'compensate' and reason = 'ordered twice' and id = '{id}'", static count => count == 1, "it is undone");
        Assert.Empty(page.Complaints);
    }

    private async Task HoldsAsync(string sql, Func<long, bool> condition, string what, bool inNeon = true)
    {
        var began = Stopwatch.GetTimestamp();
        long count;
        while (!condition(count = inNeon ? await shop.AskNeonAsync<long>(sql) : await shop.AskSupabaseAsync<long>(sql)))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, $"Not so: {what}. There are {count}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }
}
