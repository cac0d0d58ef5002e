using DualDb.IntegrationTests.Repositories;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Batching;

/// <summary>Where a scope begins and ends, and whom it concerns.</summary>
public sealed class ScopeTests(Theatre theatre) : IClassFixture<Theatre>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_scope_every_call_goes_out_by_itself()
    {
        using var counter = StatementCounter.Start();

        await Both(theatre.Db);

        Assert.Equal(2, counter.Count);
    }

    [Fact]
    public async Task Disposal_answers_what_is_pending_and_later_calls_go_out_by_themselves()
    {
        using var counter = StatementCounter.Start();
        var scope = theatre.Db.BeginBatching();
        Task<Ticket?>[] pending = [theatre.Db.Tickets.FindAsync(1, Token).AsTask(), theatre.Db.Tickets.FindAsync(2, Token).AsTask()];
        await scope.DisposeAsync();
        await scope.DisposeAsync();

        Assert.Equal([1, 2], (await Task.WhenAll(pending)).Select(static ticket => ticket!.Id));
        Assert.Equal(1, counter.Count);
        await Both(theatre.Db);
        Assert.Equal(3, counter.Count);
    }

    [Fact]
    public async Task Tasks_that_outlive_the_scope_are_still_answered()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Ticket?> late;
        await using (theatre.Db.BeginBatching())
        {
            late = LateAsync();
        }

        ended.SetResult();
        Assert.Equal(3, (await late)!.Id);

        async Task<Ticket?> LateAsync()
        {
            await ended.Task;
            return await theatre.Db.Tickets.FindAsync(3, Token);
        }
    }

    [Fact]
    public async Task The_inner_scope_answers_and_the_outer_one_goes_on()
    {
        using var counter = StatementCounter.Start();
        await using var outer = theatre.Db.BeginBatching();
        var first = theatre.Db.Tickets.FindAsync(1, Token).AsTask();
        await using (theatre.Db.BeginBatching())
        {
            await Both(theatre.Db);
        }

        var second = theatre.Db.Tickets.FindAsync(2, Token).AsTask();
        Assert.Equal(1, (await first)!.Id);
        Assert.Equal(2, (await second)!.Id);

        // The outer call went out when the inner ones were awaited.
        Assert.Equal(3, counter.Count);
        await Both(theatre.Db);
        Assert.Equal(4, counter.Count);
    }

    [Fact]
    public async Task A_scope_of_a_called_method_is_not_the_callers()
    {
        using var counter = StatementCounter.Start();
        await InnerAsync();
        Assert.Equal(1, counter.Count);

        await Both(theatre.Db);
        Assert.Equal(3, counter.Count);

        async Task InnerAsync()
        {
            await using var scope = theatre.Db.BeginBatching();
            await Both(theatre.Db);
        }
    }

    [Fact]
    public async Task Roots_do_not_mix()
    {
        await using var other = ShapesDb.Create(options =>
        {
            options.Neon.ConnectionString = theatre.Addresses.Neon;
            options.Supabase.ConnectionString = theatre.Addresses.Supabase;
        });
        await other.Neon.PingAsync(Token);
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();
        await using var inner = other.BeginBatching();

        var (mine, theirs) = (Both(theatre.Db), Both(other));
        await mine;
        await theirs;
        Assert.Equal(2, counter.Count);

        await inner.DisposeAsync();
        await Both(other);
        Assert.Equal(4, counter.Count);
    }

    [Fact]
    public async Task Calls_inside_a_transaction_go_out_by_themselves()
    {
        await using var transaction = await theatre.Db.BeginNeonAsync(Token);
        await theatre.Db.Tickets.InsertAsync(new Ticket(9_001, Theatre.HolderId(1)), transaction, Token);
        using var counter = StatementCounter.Start();
        await using var scope = theatre.Db.BeginBatching();

        Assert.NotNull(await theatre.Db.Tickets.FindAsync(9_001, transaction, Token));
        Assert.NotNull(await theatre.Db.Tickets.GetAsync(1, transaction, Token));
        Assert.Equal(2, counter.Count);
    }

    private static async Task Both(ShapesDb db)
    {
        var tickets = await Task.WhenAll(new long[] { 1, 2 }.Select(async key => await db.Tickets.FindAsync(key, Token)));
        Assert.Equal([1, 2], tickets.Select(static ticket => ticket!.Id));
    }
}
