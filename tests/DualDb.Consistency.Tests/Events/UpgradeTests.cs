using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>A database of an older version keeps its events when it is brought to the present one.</summary>
public sealed class UpgradeTests(ConsistencyServers places)
{
    /// <summary>Which files the partitions lie in: another after they were rewritten.</summary>
    private const string Files = "select string_agg(relfilenode::text, ' ' order by relname) from pg_class where relname like 'outbox\\_%' and relkind = 'r' and relispartition";

    [Fact]
    public async Task Events_of_the_first_version_are_kept_where_they_are_and_handled()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        await using (var connection = new NpgsqlConnection(place.Neon))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(new SchemaModule("events", EventSchema.Module.Scripts[0]).ToScript(), connection);
            await command.ExecuteNonQueryAsync();
        }

        await place.PublishAsync("ada", 1);
        var files = await place.AskNeonAsync<string>(Files);

        await place.Events.InstallAsync();

        Assert.Equal(files, await place.AskNeonAsync<string>(Files));
        var node = await place.StartAsync();
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(static e => e.Number == 1);
    }

    [Theory]
    [InlineData("key", "repeat('k', 2049)", "event_key_check")]
    [InlineData("due_at", "'infinity'", "event_time_check")]
    public async Task What_a_dispatcher_could_not_handle_is_refused_of_others_too(string column, string value, string constraint)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => place.AskNeonAsync<long>(
            $"insert into dualdb.outbox (event_id, name, version, slot, payload, {column}) values (gen_random_uuid(), 'purchase.made', 1, 0, '{{}}', {value}) returning id"));
        Assert.Equal(constraint, refused.ConstraintName);
    }
}
