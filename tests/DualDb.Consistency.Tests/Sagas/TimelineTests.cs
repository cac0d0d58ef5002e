using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Long timelines, and what lists say of all instances.</summary>
public class TimelineTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task The_timeline_of_a_saga_of_five_hundred_steps_is_read_page_by_page()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await InsertAsync("long", steps: 500);

        var seen = new List<SagaAttempt>();
        for (var hasMore = true; hasMore;)
        {
            var page = await node.Operations.TimelineAsync("order", "long", seen.LastOrDefault(), 90, SagaPlace.Token);
            Assert.InRange(page.Attempts.Count, 1, 90);
            seen.AddRange(page.Attempts);
            hasMore = page.HasMore;
        }

        // Each step with its failed attempt before it, and those that the journal was not told of.
        Assert.Equal(1001, seen.Count);
        Assert.Equal(seen.OrderBy(static attempt => attempt.StartedAt), seen);
        Assert.Equal(1001, seen.Select(static attempt => (attempt.Step, attempt.Attempt)).Distinct().Count());
        Assert.Equal("{\"number\" : 250}", seen.Single(static attempt => attempt is { Step: "Step0250", State: "succeeded" }).Result);
        Assert.Equal("It is <b>broken</b> 250", seen.Single(static attempt => attempt is { Step: "Step0250", State: "failed" }).Error);
        Assert.Equal(("Untold", 0, "{\"number\" : 0}"), (seen[^1].Step, seen[^1].Attempt, seen[^1].Result));
    }

    [Fact]
    public async Task Pages_have_what_the_whole_has()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("both", new Cart("Lamp", "Ship"), SagaPlace.Token));

        var whole = (await node.Operations.FindAsync("order", "both", SagaPlace.Token))!.Timeline;
        var paged = new List<SagaAttempt>();
        do
        {
            paged.AddRange((await node.Operations.TimelineAsync("order", "both", paged.LastOrDefault(), 1, SagaPlace.Token)).Attempts);
        }
        while (paged.Count < whole.Count);

        Assert.Equal(whole.OrderBy(Text), paged.OrderBy(Text));
        Assert.False((await node.Operations.TimelineAsync("order", "both", paged[^1], 1, SagaPlace.Token)).HasMore);

        static string Text(SagaAttempt attempt) => $"{attempt.Step} {attempt.IsCompensation} {attempt.Attempt}";
    }

    [Fact]
    public async Task Instances_that_are_not_finished_are_counted_by_state()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await place.Root.Neon.ExecuteAsync($"""
            insert into dualdb.sagas (saga, id, definition, signatures, state, input, input_hash, lease_token, next_due, finished_at)
            select 'counted', n::text, 'x', array[]::text[], state, '1', 'x', 1, case when state in ('running', 'compensating') then clock_timestamp() + interval '1 day' end, case when state = 'completed' then clock_timestamp() end
            from unnest(array['running', 'running', 'waiting', 'compensating', 'parked', 'compensation_failed', 'completed']) with ordinality s (state, n)
            """, SagaPlace.Token);
        await place.Root.Neon.ExecuteAsync($"insert into dualdb.saga_waits (saga, id, step, event, key) values ('counted', '3', 'Paid', 'paid', '3')", SagaPlace.Token);

        var counts = (await node.Operations.CountsAsync(SagaPlace.Token)).Where(static count => count.Saga == "counted");

        Assert.Equal(
            [(SagaState.Running, 2L), (SagaState.Waiting, 1L), (SagaState.Compensating, 1L), (SagaState.CompensationFailed, 1L), (SagaState.Parked, 1L)],
            counts.OrderBy(static count => count.State).Select(static count => (count.State, count.Count)));
    }

    [Fact]
    public void The_steps_of_a_saga_are_told()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        Assert.Equal(["order"], node.Operations.Names);
        Assert.Equal(["Charge", "Hold", "Place", "Record", "Ship"], node.Operations.StepsOf("order").Select(static step => step.Name).Order(StringComparer.Ordinal));
        Assert.True(node.Operations.StepsOf("order").Single(static step => step.Name == "Place").HasResult);
        Assert.Empty(node.Operations.StepsOf("none"));
    }

    private async Task InsertAsync(string id, int steps)
    {
        await place.Root.Neon.ExecuteAsync($"""
            insert into dualdb.sagas (saga, id, definition, signatures, state, input, input_hash, lease_token, finished_at) values ('order', {id}, 'x', array[]::text[], 'completed', '1', 'x', 1, clock_timestamp())
            """, SagaPlace.Token);
        await place.Root.Neon.ExecuteAsync($"""
            insert into dualdb.saga_steps (saga, id, step, kind, attempt, state, started_at, ended_at, error, node)
            select 'order', {id}, 'Step' || to_char(n, 'FM0000'), 'step', attempt, case attempt when 1 then 'failed' else 'succeeded' end, timestamptz '2026-01-01' + (n / 2 * 2 + attempt) * interval '1 second', timestamptz '2026-01-01' + (n / 2 * 2 + attempt + 1) * interval '1 second',
                case attempt when 1 then 'It is <b>broken</b> ' || n end, 'node1'
            from generate_series(1, {steps}) n, generate_series(1, 2) attempt
            """, SagaPlace.Token);
        await place.Root.Supabase.ExecuteAsync($"""
            insert into dualdb.saga_results (saga, id, step, kind, result, skipped)
            select 'order', {id}, case n when 0 then 'Untold' else 'Step' || to_char(n, 'FM0000') end, 'step', json_build_object('number', n), false from generate_series(0, {steps}) n
            """, SagaPlace.Token);
    }
}
