using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Nothing ends the loop that writes back what was handled.</summary>
public sealed class WriterTests(ConsistencyServers places)
{
    /// <summary>Switched by a row: a trigger that came and went would meet the writer in the order of locks.</summary>
    private const string Refuse = """
        create table refusals ();
        create function refuse() returns trigger language plpgsql as $$ begin if exists (select from refusals) then raise exception 'not now'; end if; return new; end $$;
        create trigger refuse before update on dualdb.outbox for each row execute function refuse();
        select 'done'
        """;

    [Fact]
    public async Task What_the_database_refuses_is_told_and_written_again()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<string>(Refuse);
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, "health");
        await place.AskNeonAsync<string>("insert into refusals default values; select 'done'");
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Degraded, "degraded health");
        Assert.Contains("not now", (await node.HealthAsync()).Description, StringComparison.Ordinal);

        await place.AskNeonAsync<string>("delete from refusals; select 'done'");
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
        Assert.Equal(1, await place.Db.Activities.CountAsync());
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, "health again");
    }

    [Fact]
    public async Task Whoever_is_told_of_what_was_handled_may_fail()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (inFlight, state, told) = (new InFlight(), new OutboxState(Database.Neon), 0);
        var writer = new OutboxWriter(place.Db.Neon, new OutboxWrites(Guid.NewGuid()), new BlockedKeys(), inFlight, state, _ => throw new InvalidOperationException($"told {++told}"), NullLogger.Instance);
        var lease = new SlotLease(slot: 1, token: 1, TimeProvider.System);
        foreach (var number in new[] { 1, 2 })
        {
            var stored = new StoredEvent(number, 1, new PublishedEvent(Guid.NewGuid(), "purchase.made", 1, Key: null, "{}", DateTimeOffset.UtcNow, Database.Neon, new Dictionary<string, string>(), TraceParent: null, TraceState: null));
            inFlight.Add(stored, lease);
            writer.Add(new EndedEvent(lease, stored, []));
        }

        writer.Complete();
        await writer.RunAsync(CancellationToken.None);
        Assert.Equal((2, true), (told, inFlight.IsEmpty));
    }

    [Fact]
    public async Task A_logger_that_fails_stops_nobody()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var logger = new FailingLogger();
        var node = await place.StartAsync(
            options => options.MaxConcurrency = 1,
            new Behaviour { BeforeRecording = (e, _, _) => e.Buyer == "ada" ? throw new InvalidDataException("poison") : Task.CompletedTask },
            services: services => services.AddLogging(logging => logging.AddProvider(logger)));
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");
        await place.PublishAsync("bob", 2);
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "an event of another key");
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null") == 0, "the marks");
        Assert.True(logger.Asked > 0);
    }

    private sealed class FailingLogger : ILoggerProvider, ILogger
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public ILogger CreateLogger(string categoryName) => categoryName is "DualDb.Events" ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref _asked);
            throw new InvalidOperationException("the disk is full");
        }

        public void Dispose()
        {
        }
    }
}
