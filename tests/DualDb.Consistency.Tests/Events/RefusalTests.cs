using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What is refused, and in which words.</summary>
public sealed class RefusalTests(ConsistencyServers places)
{
    [Fact]
    public async Task An_event_that_is_too_large_is_refused_before_anything_is_sent()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var transaction = await place.Db.BeginNeonAsync();
        var refused = Assert.Throws<EventRefusedException>(() => transaction.Publish(new PurchaseMade(1, new string('x', 300_000))));
        Assert.Equal("purchase.made", refused.EventName);
        Assert.Contains("262144", refused.Message, StringComparison.Ordinal);
        transaction.Publish(new PurchaseMade(2, "ada"));
        await transaction.CommitAsync();
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox"));
    }

    [Theory]
    [InlineData(10_000, 'x', "1024")]
    [InlineData(1, '\0', "U+0000")]
    [InlineData(1, '\ud800', "surrogate")]
    public async Task A_key_that_cannot_be_stored_is_refused(int times, int letter, string says)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var transaction = await place.Db.BeginNeonAsync();
        var key = new string((char)letter, times);
        Assert.Contains(says, Assert.Throws<EventRefusedException>(() => transaction.Publish(new PurchaseMade(1, "ada"), key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_of_every_kind_travel()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        string[] texts = ["", " ", "'\"\\", "{,}", "%_*", "😀 \u202Eabc", "line\r\nbreak", "%2C", "Ω", "\u0001"];
        foreach (var (text, number) in texts.Select((text, number) => (text, number)))
        {
            await node.Events.PublishAsync(new PurchaseMade(number, text), key: text);
            var delivered = await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == number);
            Assert.Equal((text, text), (delivered.Event.Buyer, delivered.Delivery.Published.Key));
        }

        Assert.Equal(texts.Order(StringComparer.Ordinal), (await place.Db.Activities.ListAsync(100)).Select(activity => activity.Buyer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_the_tables_a_transaction_with_events_fails_as_a_whole_and_says_what_to_do()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        await using var transaction = await place.Db.BeginNeonAsync();
        await place.Db.Purchases.InsertAsync(new Purchase { Buyer = "ada" }, transaction);
        transaction.Publish(new PurchaseMade(1, "ada"));
        var missing = await Assert.ThrowsAsync<SchemaVersionException>(() => transaction.CommitAsync());
        Assert.Contains("InstallAsync()", missing.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.Db.Purchases.CountAsync());
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_installation_and_dispatcher()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<long>("with moved as (update dualdb.schema_versions set version = 99 returning 1) select count(*) from moved");
        var newer = await Assert.ThrowsAsync<SchemaVersionException>(() => place.Events.InstallAsync());
        Assert.Equal((99, 2), (newer.Installed, newer.Needed));
        Assert.Contains("Update DualDb.Consistency", newer.Message, StringComparison.Ordinal);
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(() => node.Failure is SchemaVersionException, "the dispatcher's refusal");
    }

    [Fact]
    public async Task Installing_again_changes_nothing_and_needs_no_rights()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.Events.InstallAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => place.Events.InstallAsync()));
        await using var reader = place.Open(options => options.Neon.ConnectionString = Login(place, "reader", "grant usage on schema dualdb to reader; grant select on dualdb.schema_versions to reader"));
        await reader.Events.InstallAsync();
    }

    [Fact]
    public async Task A_login_without_rights_is_told_what_to_grant()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        await using var stranger = place.Open(options => options.Neon.ConnectionString = Login(place, "stranger", "select 1"));
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => stranger.Events.InstallAsync());
        Assert.Contains("grant usage, create on schema dualdb to \"stranger\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_without_rights_on_the_outbox_is_told_what_to_grant_and_commits_nothing()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var login = Login(place, "buyer", "grant insert, select on purchases to buyer; grant usage on all sequences in schema public to buyer");
        await using var db = place.Open(options => options.Neon.ConnectionString = login);
        await using var transaction = await db.BeginNeonAsync();
        await db.Purchases.InsertAsync(new Purchase { Buyer = "ada" }, transaction);
        transaction.Publish(new PurchaseMade(1, "ada"));
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => transaction.CommitAsync());
        Assert.Contains("grant usage on schema dualdb to", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.Db.Purchases.CountAsync());
    }

    [Fact]
    public async Task The_script_does_what_the_installation_does()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        await using (var connection = new NpgsqlConnection(place.Neon))
        {
            await connection.OpenAsync();
            for (var time = 0; time < 2; time++)
            {
                await using var command = new NpgsqlCommand(ConsistencySchema.Events, connection);
                await command.ExecuteNonQueryAsync();
            }
        }

        await place.Events.InstallAsync();
        await place.PublishAsync("ada", 1);
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox"));
    }

    [Fact]
    public async Task Scripts_that_run_at_once_do_not_collide()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            await using var connection = new NpgsqlConnection(place.Neon);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(number % 2 == 0 ? ConsistencySchema.Events : ConsistencySchema.SagaResults, connection);
            await command.ExecuteNonQueryAsync();
        }));

        Assert.Equal(2, await place.AskNeonAsync<long>("select count(*) from dualdb.schema_versions"));
    }

    [Fact]
    public void Options_out_of_bounds_are_refused()
        => Assert.Contains("EventOptions.Lease", Assert.Throws<DualDbConfigurationException>(() => new EventOptions { Lease = TimeSpan.Zero }.Check()).Message, StringComparison.Ordinal);

    private static string Login(EventPlace place, string name, string grants)
    {
        using var connection = new NpgsqlConnection(place.Neon);
        connection.Open();
        using var command = new NpgsqlCommand($"drop role if exists {name}; create role {name} login password 'secret of {name}'; {grants}", connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(place.Neon) { Username = name, Password = $"secret of {name}" }.ConnectionString;
    }
}
