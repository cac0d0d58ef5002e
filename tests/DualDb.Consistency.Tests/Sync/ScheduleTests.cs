using System.Globalization;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Thousands of writes to a few rows, from both sides at once, in an order that nobody has chosen.</summary>
public sealed class ScheduleTests(ConsistencyServers places)
{
    private const int Writes = 2500;
    private const int Keys = 50;

    public static TheoryData<ConflictPolicy> Policies => [.. Enum.GetValues<ConflictPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Both_sides_are_equal_when_all_is_quiet(ConflictPolicy policy)
    {
        var seed = Random.Shared.Next();
        var map = Maps.Of(SyncDirection.TwoWay, policy);
        map = new SyncMap
        {
            Name = map.Name, Source = map.Source, Target = map.Target, Columns = map.Columns, Direction = map.Direction, OnConflict = policy,
            Resolver = static conflict => conflict.Key.Length % 2 == 0 ? ConflictDecision.KeepSource(conflict) : ConflictDecision.TakeTarget(conflict),
        };
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], Maps.Items, Maps.Copies);
        for (var node = 0; node < 2; node++)
        {
            await place.StartAsync(static options => options.PageSize = 23);
        }

        await Task.WhenAll(
            WriteAsync(place.Neon, "items", "id", "name", new Random(seed)),
            WriteAsync(place.Supabase, "copies", "item_id", "title", new Random(~seed)));
        await place.SettleAsync();

        var neon = await place.NeonAsync("select string_agg(id || '|' || name || '|' || coalesce(amount::text, '-') || '|' || stock, ';' order by id) from items");
        var supabase = await place.SupabaseAsync("select string_agg(item_id || '|' || title || '|' || coalesce(amount::text, '-') || '|' || stock, ';' order by item_id) from copies");
        Assert.True(Equals(neon, supabase), $"Seed {seed}: {neon} is not {supabase}");
        Assert.Equal(0L, await place.NeonAsync("select count(*) from dualdb.sync_parked"));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.sync_parked"));

        // What was applied was not told back: each row of the logs is a write, or a decision.
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.change_log where origin is not null"));
        Assert.Equal(await place.NeonAsync("select count(*) from dualdb.sync_conflicts"), await place.NeonAsync("select count(*) from dualdb.change_log where origin = 'decision'"));
    }

    private static async Task WriteAsync(string address, string table, string id, string name, Random random)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        for (var number = 0; number < Writes;)
        {
            // Up to five writes in a transaction, in the order of their keys: otherwise they would wait for each other in circles.
            await using var batch = new NpgsqlBatch(connection);
            foreach (var key in Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(Keys)).Distinct().Order())
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(random.Next(10) switch
                {
                    < 2 => string.Create(CultureInfo.InvariantCulture, $"delete from {table} where {id} = {key}"),
                    < 5 => string.Create(CultureInfo.InvariantCulture, $"update {table} set amount = {random.Next(1000)}, stock = stock + 1 where {id} = {key}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"insert into {table} ({id}, {name}, stock) values ({key}, '{table} {number}', 1) on conflict ({id}) do update set {name} = excluded.{name}, stock = {table}.stock + 1"),
                }));
            }

            try
            {
                await batch.ExecuteNonQueryAsync();
                number += batch.BatchCommands.Count;
            }
            catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // With an application, whose rows stand in another order. It is written again.
            }
        }
    }
}
