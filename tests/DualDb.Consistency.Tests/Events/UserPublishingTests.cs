using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What is the user's in a transaction that publishes, and what is the application's.</summary>
public sealed class UserPublishingTests(ConsistencyServers places)
{
    private const string Role = """
        do $$ begin
            if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
            grant insert, select on activities to authenticated;
            grant usage on all sequences in schema public to authenticated;
        end $$;
        """;

    [Fact]
    public async Task Nodes_are_told_of_an_event_by_the_application_also_where_a_user_published_it_first()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskSupabaseAsync<string>(Role + "select 'done'");
        var node = await place.StartAsync(options => options.MaxPollInterval = options.SleepInterval = TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => node.HearsOf(Database.Supabase), "the listener");

        await using var root = place.Open(_ => { });
        await PublishAsync(root);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 2);

        // The node may have found the event on its way of looking around, before it was told.
        var who = "";
        await Eventually.HoldsAsync(
            async () => (who = await place.AskSupabaseAsync<string>(
                "select coalesce(string_agg(distinct application_name, ','), '') from pg_stat_activity where datname = current_database() and query like 'select pg_notify(%' and pid <> pg_backend_pid()")).Length > 0,
            "the notification");
        Assert.Equal("DualDb", who);
    }

    [Fact]
    public async Task What_was_put_off_to_the_commit_is_done_as_the_user()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskSupabaseAsync<string>(Role + """
            create table told (who text);
            grant insert on told to authenticated;
            create function tell() returns trigger language plpgsql as $$ begin insert into told values (current_user); return null; end $$;
            create constraint trigger tell after insert on activities deferrable initially deferred for each row execute function tell();
            select 'done'
            """);
        await PublishAsync(place.Db);
        Assert.Equal("authenticated", await place.AskSupabaseAsync<string>("select string_agg(who, ',') from told"));
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from dualdb.outbox"));
    }

    private static async Task PublishAsync(TestDb root)
    {
        var user = root.AsUser(new UserSession(Guid.NewGuid()));
        await using var transaction = await user.BeginSupabaseAsync();
        await user.Activities.InsertAsync(new Activity { EventId = Guid.NewGuid(), Handler = "user", Buyer = "ada", Number = 1 }, transaction);
        transaction.Publish(new PurchaseMade(2, "ada"));
        await transaction.CommitAsync();
    }
}
