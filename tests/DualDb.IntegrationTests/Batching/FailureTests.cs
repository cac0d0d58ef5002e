using DualDb.IntegrationTests.Repositories.Cancellation;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Batching;

/// <summary>Callers that give up, statements that fail, and code that misbehaves after its answer.</summary>
public sealed class FailureTests(Theatre theatre) : IClassFixture<Theatre>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_others_their_answers()
    {
        await using var barrier = await LockAsync();
        using var one = new CancellationTokenSource();
        await using var scope = theatre.Db.BeginBatching();
        var impatient = theatre.Db.Tickets.FindAsync(1, one.Token).AsTask();
        var patient = theatre.Db.Tickets.FindAsync(1, Token).AsTask();
        var other = theatre.Db.Tickets.FindAsync(2, Token).AsTask();
        await WaitingAsync(1);

        await one.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(one.Token, exception.CancellationToken);
        Assert.False(patient.IsCompleted);

        await barrier.RollbackAsync(Token);
        Assert.Equal(1, (await patient)!.Id);
        Assert.Equal(2, (await other)!.Id);
    }

    [Fact]
    public async Task When_all_give_up_the_statement_is_cancelled()
    {
        await using var barrier = await LockAsync();
        using var cancellation = new CancellationTokenSource();
        await using var scope = theatre.Db.BeginBatching();
        var calls = new long[] { 1, 2, 3 }.Select(async key => await theatre.Db.Tickets.FindAsync(key, cancellation.Token)).ToArray();
        await WaitingAsync(1);

        await cancellation.CancelAsync();
        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        // While the table is still locked: the statement ended because nobody wants it any more.
        await WaitingAsync(0);
    }

    [Fact]
    public async Task Calls_cancelled_before_they_are_sent_are_not_sent()
    {
        using var counter = StatementCounter.Start();
        using var cancellation = new CancellationTokenSource();
        await using var scope = theatre.Db.BeginBatching();
        var call = theatre.Db.Tickets.FindAsync(1, cancellation.Token).AsTask();
        CancelHere(cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await theatre.Db.Tickets.FindAsync(2, cancellation.Token));
        await scope.DisposeAsync();

        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task A_failing_statement_fails_all_its_callers_and_no_other()
    {
        await theatre.Place.ExecuteAsync(Database.Supabase, "alter table public.theatre_holders rename to elsewhere");
        try
        {
            await using var scope = theatre.Db.BeginBatching();
            var holders = Enumerable.Range(1, 3).Select(async number => await theatre.Db.Holders.FindAsync(Theatre.HolderId(number), Token)).ToArray();
            var ticket = theatre.Db.Tickets.FindAsync(1, Token).AsTask();

            foreach (var holder in holders)
            {
                var exception = await Assert.ThrowsAsync<SchemaMismatchException>(() => holder);
                Assert.Equal((Database.Supabase, "Holder"), (exception.Database, exception.Entity));
            }

            Assert.Equal(1, (await ticket)!.Id);
        }
        finally
        {
            await theatre.Place.ExecuteAsync(Database.Supabase, "alter table public.elsewhere rename to theatre_holders");
        }
    }

    [Fact]
    public async Task A_key_that_its_column_cannot_hold_fails_its_own_caller()
    {
        await using var scope = theatre.Db.BeginBatching();
        var calls = new[] { "A1", "A\0", "B1" }.Select(async code => await theatre.Db.Seats.FindAsync(code, Token)).ToArray();

        Assert.Equal(1, (await calls[0])!.Row);
        await Assert.ThrowsAsync<InvalidEntityException>(() => calls[1]);
        Assert.Equal(2, (await calls[2])!.Row);
    }

    [Fact]
    public async Task Code_that_throws_after_its_answer_leaves_the_others_theirs()
    {
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();
        var calls = new long[] { 1, 2, 3 }.Select(async key =>
        {
            var ticket = await theatre.Db.Tickets.GetAsync(key, Token);
            return key == 2 ? throw new InvalidOperationException("Mine.") : (await theatre.Db.Holders.GetAsync(ticket.HolderId, Token)).Name;
        }).ToArray();

        Assert.Equal("Holder 0", await calls[0]);
        Assert.Equal("Mine.", (await Assert.ThrowsAsync<InvalidOperationException>(() => calls[1])).Message);
        Assert.Equal("Holder 0", await calls[2]);
        Assert.Equal(2, counter.Count);
    }

    // Awaiting the cancellation would give up control, and send.
    private static void CancelHere(CancellationTokenSource cancellation) => cancellation.Cancel();

    private async Task<NeonTransaction> LockAsync()
    {
        var transaction = await theatre.Db.BeginNeonAsync(Token);
        await transaction.ExecuteAsync($"lock table public.theatre_tickets in access exclusive mode", Token);
        return transaction;
    }

    private Task WaitingAsync(long statements) => Eventually.HoldsAsync(
        async () => (long)(await theatre.Place.ScalarAsync(
            Database.Neon, "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))! == statements,
        Deadline,
        $"not {statements} statements wait for the lock");
}
