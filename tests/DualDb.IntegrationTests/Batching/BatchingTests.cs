using DualDb.Testing;

namespace DualDb.IntegrationTests.Batching;

/// <summary>What is called for at once is answered at once, exactly.</summary>
public sealed class BatchingTests(Theatre theatre) : IClassFixture<Theatre>
{
    private static readonly long[] Keys = [.. Enumerable.Range(1, Theatre.Tickets).Select(static number => (long)number)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_calls_at_once_are_one_statement()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();

        var tickets = await Task.WhenAll(Keys.Select(async key => await theatre.Db.Tickets.FindAsync(key, Token)));

        Assert.Equal(Keys, tickets.Select(static ticket => ticket!.Id));
        Assert.Equal(1, counter.Count);
        Assert.Contains("unnest", counter.Statements[0], StringComparison.Ordinal);
    }

    /// <summary>Not mostly, and not by luck of a schedule.</summary>
    [Fact]
    public async Task It_is_one_statement_every_time()
    {
        for (var round = 0; round < 200; round++)
        {
            using var counter = StatementCounter.Start();
            await using var scope = theatre.Db.BeginBatching();
            await Task.WhenAll(Keys.Select(async key => await theatre.Db.Tickets.FindAsync(key, Token)));

            Assert.True(counter.Count == 1, $"Round {round} took {counter.Count} statements.");
        }
    }

    [Fact]
    public async Task Resolvers_take_one_statement_per_level_and_entity()
    {
        for (var round = 0; round < 50; round++)
        {
            using var counter = StatementCounter.Start();
            await using var scope = theatre.Db.BeginBatching();

            var names = await Task.WhenAll(Keys.Select(async key =>
            {
                var ticket = await theatre.Db.Tickets.GetAsync(key, Token);
                return (await theatre.Db.Holders.GetAsync(ticket.HolderId, Token)).Name;
            }));

            Assert.Equal(Keys.Select(static key => $"Holder {key / 10}"), names);
            Assert.Equal(2, counter.Count);
        }
    }

    [Fact]
    public async Task Both_databases_batch_at_the_same_time()
    {
        for (var round = 0; round < 50; round++)
        {
            using var counter = StatementCounter.Start();
            await using var scope = theatre.Db.BeginBatching();

            var fromTickets = Keys.Select(async key => await theatre.Db.Holders.GetAsync((await theatre.Db.Tickets.GetAsync(key, Token)).HolderId, Token));
            var fromHolders = Enumerable.Range(0, 20).Select(async number => await theatre.Db.Tickets.GetAsync((await theatre.Db.Holders.GetAsync(Theatre.HolderId(number), Token)).FirstTicketId, Token));
            var (holders, tickets) = (Task.WhenAll(fromTickets), Task.WhenAll(fromHolders));

            Assert.Equal(Keys.Select(static key => $"Holder {key / 10}"), (await holders).Select(static holder => holder.Name));
            Assert.Equal(Enumerable.Range(0, 20).Select(static number => Math.Max(1L, number * 10)), (await tickets).Select(static ticket => ticket.Id));
            Assert.Equal(4, counter.Count);
        }
    }

    [Fact]
    public async Task Calls_one_after_the_other_are_answered_one_after_the_other()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();
        foreach (var key in Keys.Take(10))
        {
            Assert.Equal(key, (await theatre.Db.Tickets.FindAsync(key, Token))!.Id);
        }

        Assert.Equal(10, counter.Count);
    }

    [Fact]
    public async Task Calls_before_the_first_await_share_a_statement()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();
        var first = theatre.Db.Tickets.FindAsync(1, Token).AsTask();
        var second = theatre.Db.Tickets.FindAsync(2, Token).AsTask();

        Assert.Equal(1, (await first)!.Id);
        Assert.Equal(2, (await second)!.Id);
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task The_same_key_is_sent_once_and_a_missing_row_is_null()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();

        var tickets = await Task.WhenAll(new long[] { 7, -1, 7, 8, -1, 7 }.Select(async key => await theatre.Db.Tickets.FindAsync(key, Token)));

        Assert.Equal([7, null, 7, 8, null, 7], tickets.Select(static ticket => ticket?.Id));
        Assert.Same(tickets[0], tickets[5]);
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task Only_the_caller_whose_row_is_missing_gets_the_exception()
    {
        await using var scope = theatre.Db.BeginBatching();

        var calls = new long[] { 1, -5, 2 }.Select(async key => await theatre.Db.Tickets.GetAsync(key, Token)).ToArray();

        Assert.Equal(1, (await calls[0]).Id);
        Assert.Equal(-5L, (await Assert.ThrowsAsync<EntityNotFoundException>(() => calls[1])).Key);
        Assert.Equal(2, (await calls[2]).Id);
    }

    [Fact]
    public async Task Keys_that_only_the_database_holds_for_equal_find_their_rows()
    {
        await using var scope = theatre.Db.BeginBatching();

        var seats = await Task.WhenAll(new[] { "A1", "A2    ", "A2", "Z9", "B1 " }.Select(async code => await theatre.Db.Seats.FindAsync(code, Token)));

        Assert.Equal([1, 1, 1, null, 2], seats.Select(static seat => seat?.Row));
    }

    [Fact]
    public async Task Very_many_keys_go_in_several_statements()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();

        var tickets = await Task.WhenAll(Enumerable.Range(0, 20_001).Select(async number => await theatre.Db.Tickets.FindAsync(20_000 - number, Token)));

        Assert.Equal(2, counter.Count);
        Assert.Equal(Theatre.Tickets, tickets.Count(static ticket => ticket is not null));
        Assert.All(tickets.Select(static (ticket, index) => (ticket, index)), static pair => Assert.True(pair.ticket is null || pair.ticket.Id == 20_000 - pair.index));
    }

    [Fact]
    public async Task Threads_that_call_at_once_are_all_answered()
    {
        await using var scope = theatre.Db.BeginBatching();

        var calls = Enumerable.Range(0, 2_000).Select(number => Task.Run(async () => await theatre.Db.Tickets.FindAsync(1 + (number % Theatre.Tickets), Token), Token));
        var tickets = await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(0, 2_000).Select(static number => 1L + (number % Theatre.Tickets)), tickets.Select(static ticket => ticket!.Id));
    }

    [Fact]
    public async Task A_thousand_levels_are_no_deep_stack()
    {
        await using var scope = theatre.Db.BeginBatching();

        var sums = await Task.WhenAll(Enumerable.Range(1, 3).Select(async key =>
        {
            var sum = 0L;
            for (var level = 0; level < 1_000; level++)
            {
                sum += (await theatre.Db.Tickets.GetAsync(key, Token)).Id;
            }

            return sum;
        }));

        Assert.Equal([1_000, 2_000, 3_000], sums);
    }
}
