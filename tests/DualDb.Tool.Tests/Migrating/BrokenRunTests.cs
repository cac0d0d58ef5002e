using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>What is told of a run that ends in its midst, and what it ends with.</summary>
public sealed class BrokenRunTests(ToolServers servers)
{
    [Fact]
    public async Task Lost_connection_is_told_with_what_was_applied_and_what_was_changed_by_hand()
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        await place.AskNeonAsync<object?>("alter table orders add column by_hand int; select null");
        place.Write("neon/20260101T1300_next", "create table next ();").Write("neon/20260101T1400_long", "select pg_sleep(600);");
        var up = place.Start("migrations", "up", "--json");
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>($"select exists (select {Sleeping})"), "the statement runs");

        await place.AskNeonAsync<object?>($"select pg_terminate_backend(pid) {Sleeping}");
        var result = (await up.EndAsync()).EndedWith(1);

        Assert.Equal("neon/20260101T1300_next", Assert.Single(result.Json["error"]!["applied"]!.AsArray())!.GetValue<string>());
        Assert.Equal("column public.orders.by_hand", Assert.Single(result.Json["error"]!["drift"]!.AsArray())!["subject"]!.GetValue<string>());
        Assert.Contains("Neon: column public.orders.by_hand: it was added without a migration", result.Error, StringComparison.Ordinal);
    }

    /// <summary>3 says that all is as it was: behind what the run has applied, the same refusal is a failure.</summary>
    [Fact]
    public async Task Refusal_of_a_later_step_ends_with_1_where_earlier_ones_were_applied()
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        place.Write("neon/20260101T1600_long", "-- transaction: none\ndo $$ begin perform pg_sleep(600); end $$;");
        var killed = place.Start("migrations", "up");
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>($"select exists (select {Sleeping})"), "the statement runs");
        killed.Kill();
        await killed.EndAsync();
        await place.DoAsync("update dualdb.migration_lock set expires_at = '-infinity'; select null");

        await AssertAsync("supabase/20260101T1400_one", "is still running there");
        await place.AskNeonAsync<object?>($"select pg_terminate_backend(pid) {Sleeping}");
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>($"select not exists (select {Sleeping})"), "it is ended");
        await AssertAsync("supabase/20260101T1500_two", "Look whether it was done");

        async Task AssertAsync(string id, string message)
        {
            place.Write(id, $"create table t{id[^3..]} ();");
            var failed = (await place.RunAsync("migrations", "up", "--lock-wait", "1ms", "--json")).EndedWith(1);
            Assert.Equal((id, "failed"), (Assert.Single(failed.Json["error"]!["applied"]!.AsArray())!.GetValue<string>(), failed.Json["error"]!["kind"]!.GetValue<string>()));
            Assert.Contains(message, failed.Error, StringComparison.Ordinal);
            Assert.Contains(message, (await place.RunAsync("migrations", "up", "--lock-wait", "1ms", "--json")).EndedWith(3).Error, StringComparison.Ordinal);
        }
    }

    private const string Sleeping = "from pg_stat_activity where datname = current_database() and query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()";

    private async Task<ToolPlace> PlaceAsync()
    {
        var place = await ToolPlace.CreateAsync(servers);
        place.Write("supabase/20260101T1100_profiles", "create table profiles (id bigint);");
        place.Write("neon/20260101T1200_orders", "create table orders (id bigint);");
        return place;
    }
}
