namespace DualDb.Browser.Tests.Clicks;

/// <summary>Alerts are silenced, and told again.</summary>
internal static class AlertClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["actions/silence"] = static at => SilenceAsync(at, "", "maintenance, said on the first page"),
        ["alerts/actions/silence"] = static at => SilenceAsync(at, "/alerts", "maintenance"),
        ["alerts/actions/end-silence"] = static async at =>
        {
            var id = await at.SupabaseAsync<long>("insert into dualdb.alert_silences (application, rule, until, who, reason) values ('Storefront', 'outbox-dead', now() + interval '1 hour', 'a test', 'nothing yet') returning id");
            await at.GoAsync("/alerts");
            await at.DoAsync("end-silence", reason: null, $"[id='do-end-silence-{id}']");
            await at.SupabaseHoldsAsync($"select count(*) from dualdb.alert_silences where id = {id} and until > now()", 0, "it is told again");
        },
    };

    private static async Task SilenceAsync(Clicking at, string page, string reason)
    {
        await at.GoAsync(page);
        await at.DoAsync("silence", reason, fill: static form => form.Locator("input[name='minutes']").FillAsync("90"));
        await at.SupabaseHoldsAsync($"select count(*) from dualdb.alert_silences where reason = '{reason}' and rule is null and until between now() + interval '85 minutes' and now() + interval '90 minutes'", 1, "it is silenced");
        Assert.Equal(1L, await at.SupabaseAsync<long>($"select count(*) from dualdb.operator_audit where action like '%silence' and reason = '{reason}' and begun is null"));

        // Other tests wait for alerts.
        await at.SupabaseAsync<long>($"with ended as (delete from dualdb.alert_silences where reason = '{reason}' returning 1) select count(*) from ended");
    }
}
