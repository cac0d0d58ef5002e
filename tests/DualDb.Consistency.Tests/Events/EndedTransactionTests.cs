using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using DualDb.RawSql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>The transaction of a handler is ended by the dispatcher alone: whoever else did would part the effect from the record that the event was handled.</summary>
public sealed class EndedTransactionTests(ConsistencyServers places)
{
    [Theory]
    [InlineData("CommitAsync")]
    [InlineData("RollbackAsync")]
    [InlineData("commit")]
    [InlineData("rollback")]
    [InlineData(" /* now */ ROLLBACK AND CHAIN")]
    [InlineData("select 1; end")]
    [InlineData("prepare transaction 'mine'")]
    public async Task A_handler_that_ends_its_transaction_is_refused_and_leaves_nothing(string how)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var isRight = false;
        var behaviour = new Behaviour { BeforeReceipt = (e, context, token) => isRight ? Task.CompletedTask : EndAsync(context.Neon, context.EventId, how, token) };
        var node = await place.StartAsync(behaviour: behaviour);
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 1, "the failure");
        var letter = Assert.Single(await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null }));
        Assert.Contains("Return to commit it, or throw to roll it back", letter.Error, StringComparison.Ordinal);
        Assert.Equal(0, await place.Db.Receipts.CountAsync());
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.inbox"));

        isRight = true;
        await Eventually.HoldsAsync(async () => await place.Db.Receipts.CountAsync() == 1, "the effect of a later attempt");
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from dualdb.inbox"));
    }

    [Theory]
    [InlineData("savepoint a; rollback to a")]
    [InlineData("insert into purchases (buyer) values ('x; commit')")]
    [InlineData("insert into purchases (buyer) values (e'it\\'s; commit') -- ; rollback")]
    [InlineData("do $$ begin perform 1; end $$")]
    [InlineData("select case when true then 1 end; select 2")]
    [InlineData("/* of old: /* drop it */ ; rollback */ select 1")]
    [InlineData("create function one() returns int begin atomic select 1; end")]
    public void What_only_looks_like_an_end_is_not_taken_for_one(string sql) => Assert.False(EndingStatement.IsIn(sql));

    [Theory]
    [InlineData("insert into purchases (buyer) values ('begin atomic'); commit")]
    [InlineData("-- begin atomic\ncommit")]
    [InlineData("/* /* */ ' */ commit -- '")]
    public void An_end_is_seen_whatever_stands_around_it(string sql) => Assert.True(EndingStatement.IsIn(sql));

    private static async Task EndAsync(NeonTransaction transaction, Guid id, string how, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync($"insert into receipts (event_id, buyer, number) values ({id}, 'early', 0)", cancellationToken);
        await (how switch
        {
            "CommitAsync" => transaction.CommitAsync(cancellationToken),
            "RollbackAsync" => transaction.RollbackAsync(cancellationToken),
            _ => transaction.ExecuteAsync($"{SqlFragment.Raw(how)}", cancellationToken),
        });
    }
}
