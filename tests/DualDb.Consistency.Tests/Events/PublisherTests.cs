using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What publishers are handed, whatever they say of themselves.</summary>
public sealed class PublisherTests(ConsistencyServers places)
{
    [Fact]
    public async Task An_unknown_name_is_published_and_parked_for_a_node_that_knows_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var publisher = new RecordingPublisher();
        var node = await place.StartAsync(options => options.Publishers.Add(publisher));
        await place.InsertAsync("nobody.knows", """{"a":1}""");
        await place.PublishAsync("ada", 1);

        await Eventually.HoldsAsync(() => publisher.Published.Count == 2, "both events");
        Assert.Equal("""{"a":1}""", publisher.Published.Single(published => published.Name == "nobody.knows").Payload);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the parked one");
        var letter = Assert.Single(await node.Events.DeadLetters.ListAsync());
        Assert.Equal((Routing.Nobody, "nobody.knows"), (letter.Handler, letter.Event.Name));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "the known one");
        Assert.Null(node.Failure);
    }

    [Fact]
    public async Task A_publisher_that_cannot_say_what_it_takes_is_handed_the_event_and_stops_nobody()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var publisher = new RecordingPublisher(takes: static _ => throw new InvalidOperationException("cannot say"));
        var node = await place.StartAsync(options => options.Publishers.Add(publisher));
        await place.PublishAsync("ada", 1);

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "the handler's effect");
        await Eventually.HoldsAsync(() => publisher.Published.Count == 1, "the publication");
        Assert.Null(node.Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    [InlineData("RecordActivity")]
    [InlineData("(unknown event)")]
    [InlineData("twice", "twice")]
    [InlineData("a\0b")]
    [InlineData('\ud83d')]
    [InlineData(513)]
    public async Task A_name_under_which_nothing_can_be_kept_is_refused_at_the_start(params object?[] names)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options =>
        {
            foreach (var name in names ?? [null])
            {
                options.Publishers.Add(new RecordingPublisher(name switch { int length => new string('x', length), char half => half.ToString(), _ => (string)name! }));
            }
        });
        await Eventually.HoldsAsync(() => node.Failure is DualDbConfigurationException, "the refusal");
        Assert.Contains("IEventPublisher.Name", node.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_name_can_be_kept_with_the_longest_key()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var random = new Random(7);
        var key = new string([.. Enumerable.Range(0, 1024).Select(_ => (char)random.Next('!', '~'))]);
        var publisher = new FailingPublisher(new string([.. Enumerable.Range(0, 512).Select(_ => (char)random.Next('!', '~'))]));
        var node = await place.StartAsync(options => options.Publishers.Add(publisher));
        await node.Events.PublishAsync(new PurchaseMade(1, "ada"), key);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Any(letter => letter.Handler == publisher.Name), "the failure");
    }

    private sealed class FailingPublisher(string name) : IEventPublisher
    {
        public string Name { get; } = name;

        public Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken) => throw new InvalidDataException("away");
    }
}
