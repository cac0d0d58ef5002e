namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>Callers that give up.</summary>
public sealed class CancellationTests
{
    [Fact]
    public async Task One_caller_of_several_who_gives_up_ends_nothing_for_the_others()
    {
        using var rows = new Rows();
        using var impatient = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        rows.Gate = gate.Task;
        var (first, second) = (rows.ReadAsync(cancellationToken: impatient.Token), rows.ReadAsync());

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(rows.Given.IsCancellationRequested);
        gate.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(1, rows.Statements);
    }

    [Fact]
    public async Task Where_all_give_up_the_statement_is_ended()
    {
        using var rows = new Rows();
        using var impatient = new CancellationTokenSource();
        rows.Gate = new TaskCompletionSource().Task;
        Task[] reading = [rows.ReadAsync(cancellationToken: impatient.Token), rows.ReadAsync(cancellationToken: impatient.Token)];

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading[1]);
        await Eventually.HoldsAsync(() => rows.Given.IsCancellationRequested, "The statement goes on.");
        rows.Gate = Task.CompletedTask;
        Assert.NotNull(await rows.ReadAsync());
    }

    /// <summary>The answer has come, but everybody has left; then a write lands. Nobody could tell the reading, which is no longer looked for.</summary>
    [Fact]
    public async Task What_was_read_for_nobody_is_not_kept()
    {
        using var rows = new Rows();
        using var impatient = new CancellationTokenSource();
        var answered = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var old = new Row(1);
        var core = rows.Core;
        var space = new CacheSpace<Row>(
            core, new SpaceFacts<Row>("Row", "test.left", "", "s", null!, static _ => 1, static _ => true), new CacheSettings(Rows.Duration),
            new DependencySet(core.Dependency("e:test.left")), rows.Figures);
        var reading = space.ReadAsync("k", async _ =>
        {
            began.SetResult();
            await answered.Task;
            return old;
        }, impatient.Token).AsTask();
        await began.Task;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        var written = new Invalidation();
        written.Add(new CacheAddress("test.left", "", "k"));
        await core.InvalidateAsync(written);
        answered.SetResult();
        await Eventually.HoldsAsync(() => rows.Figures.Snapshot() is { DiscardedFills: 1 }, "What was read was kept.");

        Assert.Equal(2, (await space.ReadAsync("k", static _ => ValueTask.FromResult<Row?>(new Row(2)), CancellationToken.None))!.Version);
    }
}
