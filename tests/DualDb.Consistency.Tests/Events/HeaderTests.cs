using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Headers of every kind are refused before anything is sent, or arrive as they were.</summary>
public sealed class HeaderTests(ConsistencyServers places)
{
    [Theory]
    [InlineData("tenant", null, "no value")]
    [InlineData("", "north", "no name")]
    [InlineData("half", "north", "surrogate")]
    [InlineData("tenant", "half", "surrogate")]
    public async Task What_is_no_text_is_refused(string name, string? value, string says)
    {
        // Test data are handed over as UTF-8, which has no halves.
        (name, value) = (name is "half" ? "\ud83d" : name, value is "half" ? "\udc00" : value);
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var transaction = await place.Db.BeginNeonAsync();
        var refused = Assert.Throws<EventRefusedException>(() => transaction.Publish(new PurchaseMade(1, "ada"), headers: new Dictionary<string, string> { [name] = value! }));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        await transaction.CommitAsync();
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var refused = await Assert.ThrowsAsync<EventRefusedException>(() => place.Events.PublishAsync(new PurchaseMade(1, "ada"), headers: new Dictionary<string, string> { ["tenant"] = new('x', 20_000) }));
        Assert.Contains("16384", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox"));
    }

    [Fact]
    public async Task What_is_text_arrives_at_handlers_and_publishers_as_it_was()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var headers = new Dictionary<string, string>
        {
            ["tenant"] = "😀 \u202Eabc",
            ["traceparent"] = "not one",
            ["id"] = "7",
            ["Ω \"quoted\" \\"] = "'",
            [" "] = "",
            ["zero"] = "a\0b",
            ["TENANT"] = "another",
        };
        IReadOnlyDictionary<string, string>? seen = null;
        var publisher = new RecordingPublisher();
        var node = await place.StartAsync(options => options.Publishers.Add(publisher), new Behaviour
        {
            BeforeRecording = (_, context, _) =>
            {
                seen = context.Headers;
                return Task.CompletedTask;
            },
        });
        await node.Events.PublishAsync(new PurchaseMade(1, "ada"), headers: headers);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
        Assert.Equal(headers, seen);
        Assert.Equal(headers, Assert.Single(publisher.Published).Headers);
    }

    [Theory]
    [InlineData("vendor=1", true)]
    [InlineData("vendor=\0", false)]
    [InlineData("vendor=half", false)]
    public async Task A_trace_state_that_cannot_be_stored_is_left_out_and_fails_nothing(string state, bool arrives)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        using (var activity = new System.Diagnostics.Activity("request").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start())
        {
            activity.TraceStateString = state.Replace("half", "\ud83d", StringComparison.Ordinal);
            await place.Events.PublishAsync(new PurchaseMade(1, "ada"));
        }

        Assert.Equal(arrives ? state : "none", await place.AskNeonAsync<string>("select coalesce(trace_state, 'none') from dualdb.outbox where trace_parent is not null"));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("{\"a\":1,\"b\":null}")]
    [InlineData("{\"a\":\"\\ud83d\"}")]
    public async Task What_others_have_written_there_stops_nobody(string json)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await place.AskNeonAsync<long>($$"""
            with written as (
                insert into dualdb.outbox (event_id, name, version, slot, payload, headers) values (gen_random_uuid(), 'purchase.made', 1, 3, '{"number":1,"buyer":"ada"}', '{{json}}') returning 1)
            select count(*) from written
            """);
        Assert.Empty((await node.Events.Delivered.WaitForAsync<PurchaseMade>()).Delivery.Published.Headers);
        Assert.Equal(1, await place.Db.Activities.CountAsync());
    }
}
