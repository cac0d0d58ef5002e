using System.Text.Json.Nodes;

namespace DualDb.Browser.Tests.Clicks;

/// <summary>What was given up is tried again, as it is or edited, or let go: one letter, and all of a cause.</summary>
internal static class OutboxClicks
{
    private const string Dead = "select count(*) from dualdb.outbox_deliveries where state = 'dead'";

    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["outbox/actions/replay"] = static async at =>
        {
            var letter = await DeadAsync(at);
            await at.GoAsync($"/outbox?letter=neon-{letter}");
            await at.DoAsync("replay", "the mail service is back");
            await HandledAsync(at, letter, "replay", "the mail service is back");
        },
        ["outbox/actions/edit"] = static async at =>
        {
            var letter = await DeadAsync(at);
            var payload = JsonNode.Parse(await at.NeonAsync<string>($"select payload::text from dualdb.outbox_deliveries where id = {letter}"))!;
            payload["total"] = 4711.5m;
            await at.GoAsync($"/outbox?letter=neon-{letter}");

            // While mails cannot be sent, what is tried stays where it can be looked at.
            await at.Shop.TurnAsync("mails");
            try
            {
                await at.DoAsync("edit", "the total was wrong", fill: form => form.Locator("textarea[name='payload']").FillAsync(payload.ToJsonString()));
                await at.NeonHoldsAsync($"select count(*) from dualdb.outbox_deliveries where id = {letter} and payload ->> 'total' = '4711.5' and state = 'dead' and attempts > 0", 1, "it is tried as it was edited");
            }
            finally
            {
                await at.Shop.TurnAsync("heal");
            }

            Assert.Equal("edit, replay", await at.NeonAsync<string>($"select string_agg(action, ', ' order by id) from dualdb.outbox_audit where delivery_id = {letter} and reason = 'the total was wrong'"));
        },
        ["outbox/actions/discard"] = static async at =>
        {
            var letter = await DeadAsync(at);
            await at.GoAsync($"/outbox?letter=neon-{letter}");
            await at.DoAsync("discard", "nobody waits for it");
            await HandledAsync(at, letter, "discard", "nobody waits for it");
        },
        ["outbox/actions/replay-group"] = static at => GroupAsync(at, "replay"),
        ["outbox/actions/discard-group"] = static at => GroupAsync(at, "discard"),
    };

    private static async Task GroupAsync(Clicking at, string action)
    {
        await DeadAsync(at);
        var count = await at.NeonAsync<long>(Dead);
        await at.GoAsync("/outbox");
        await at.DoAsync($"{action}-group", $"{action} all of them");
        await at.NeonHoldsAsync(Dead, 0, "none is dead");
        Assert.Equal(count, await at.NeonAsync<long>($"select count(*) from dualdb.outbox_audit where action = '{action}' and reason = '{action} all of them'"));
    }

    /// <summary>The number of a dead letter: the mail service goes away for it, unless there is one.</summary>
    internal static async Task<long> DeadAsync(Clicking at)
    {
        if (await at.NeonAsync<long>(Dead) == 0)
        {
            await at.Shop.TurnAsync("mails");
            try
            {
                await Clicking.HoldsAsync(at.NeonAsync<long>, Dead, static dead => dead >= 4, "letters are dead");
            }
            finally
            {
                await at.Shop.TurnAsync("heal");
            }

            // What was tried while the service was away is given up then, so that what is dead stays as it is; the shop goes on with others.
            var last = await at.NeonAsync<long>("select max(id) from dualdb.outbox_deliveries");
            await at.NeonHoldsAsync($"select count(*) from dualdb.outbox_deliveries where state <> 'dead' and id <= {last}", 0, "nothing of before is being tried");
        }

        return await at.NeonAsync<long>("select min(id) from dualdb.outbox_deliveries where state = 'dead'");
    }

    private static async Task HandledAsync(Clicking at, long letter, string action, string reason)
    {
        await at.NeonHoldsAsync($"select count(*) from dualdb.outbox_deliveries where id = {letter}", 0, "it is off the list");
        Assert.Equal(1L, await at.NeonAsync<long>($"select count(*) from dualdb.outbox_audit where delivery_id = {letter} and action = '{action}' and reason = '{reason}'"));
    }
}
