using System.Data;

namespace DualDb.Sdk.Tests.Transactions;

public class TransactionDoubleTests
{
    private sealed class Double : NeonTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;
    }

    [Fact]
    public async Task Runs_callbacks_in_order_after_the_commit()
    {
        await using var transaction = new Double();
        var calls = new List<string>();
        transaction.OnCommitted(() => calls.Add("first"));
        transaction.OnCommitted(async _ =>
        {
            await Task.Yield();
            calls.Add("second");
        });

        Assert.Empty(calls);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["first", "second"], calls);
        Assert.False(transaction.IsActive);
        Assert.Equal((Database.Neon, IsolationLevel.Serializable), (transaction.Database, transaction.IsolationLevel));
    }

    [Fact]
    public async Task Runs_no_callback_after_a_rollback()
    {
        var calls = 0;
        await using (var rolledBack = new Double())
        {
            rolledBack.OnCommitted(() => calls++);
            await rolledBack.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await using (var forgotten = new Double())
        {
            forgotten.OnCommitted(() => calls++);
        }

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Runs_every_callback_and_says_that_the_commit_stands()
    {
        await using var transaction = new Double();
        var calls = new List<int>();
        transaction.OnCommitted(() => throw new InvalidDataException("one"));
        transaction.OnCommitted(() => calls.Add(2));
        transaction.OnCommitted(_ => Task.FromException(new InvalidDataException("three")));

        var exception = await Assert.ThrowsAsync<CommitCallbackException>(() => transaction.CommitAsync(TestContext.Current.CancellationToken));

        Assert.Equal([2], calls);
        Assert.Equal(["one", "three"], exception.Failures.Select(failure => failure.Message));
        Assert.Contains("2 of its 3 callbacks failed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("commit stands", exception.Message, StringComparison.Ordinal);
        Assert.False(transaction.IsActive);
    }

    [Fact]
    public async Task Refuses_everything_after_its_end()
    {
        var token = TestContext.Current.CancellationToken;
        await using var transaction = new Double();
        await transaction.CommitAsync(token);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(token));
        Assert.Contains("committed already", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.RollbackAsync(token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.SavepointAsync("a", token).AsTask());
        Assert.Throws<InvalidOperationException>(() => transaction.OnCommitted(() => { }));
        Assert.Throws<InvalidOperationException>(() => transaction.Connection);
    }

    [Fact]
    public async Task Looks_at_the_token_before_it_commits()
    {
        await using var transaction = new Double();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transaction.CommitAsync(cancellation.Token));

        Assert.True(transaction.IsActive);
    }

    [Fact]
    public void Has_no_connection_to_offer()
        => Assert.Contains("test double", Assert.Throws<InvalidOperationException>(() => new Double().Connection).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäö")]
    public async Task Refuses_names_of_savepoints_that_PostgreSQL_would_change(string name)
    {
        await using var transaction = new Double();

        await Assert.ThrowsAsync<ArgumentException>(() => transaction.SavepointAsync(name, TestContext.Current.CancellationToken).AsTask());
    }
}
