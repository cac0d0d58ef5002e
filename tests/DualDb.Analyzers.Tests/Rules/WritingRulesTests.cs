using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>Both databases written in one method, and what ties such writes together.</summary>
public sealed class WritingRulesTests
{
    private const string Model = """
        using DualDb.Consistency.Events;
        [DualDatabase] public partial class Db;
        [Neon] public partial record Order([Key] long Id, int Number);
        [Neon] public partial record Line([Key] long Id, int Number);
        [Supabase] public partial record Activity([Key] Guid Id, string Text);
        [DomainEvent("happened")] public partial record Happened(int Id);
        public class H : IEventHandler<Happened> { public Task HandleAsync(Happened e, EventContext context, CancellationToken token) => Task.CompletedTask; }

        """;

    [Theory]
    [InlineData("await db.Orders.InsertAsync(order); await db.Activities.{|DDB412:InsertAsync|}(activity); await db.Orders.UpdateAsync(order);", "Neon and to Supabase")]
    [InlineData("await db.Activities.DeleteAsync(activity.Id); await db.Orders.{|DDB412:PatchAsync|}(1, set => set.Number(5));", "Supabase and to Neon")]
    [InlineData("await db.Orders.Where(o => o.Id == 5).DeleteAsync(); await db.Activities.AllRows().{|DDB412:UpdateAsync|}(set => set.Text(\"a\"));", "Neon and to Supabase")]
    [InlineData("IOrderRepository orders = db.Orders; await Task.WhenAll(orders.UpsertManyAsync([order]), db.Activities.{|DDB412:InsertManyAsync|}([activity]));", "Neon and to Supabase")]
    [InlineData("await db.Orders.InsertAsync(order); Func<Task> later = () => db.Activities.{|DDB412:InsertAsync|}(activity); await later();", "Neon and to Supabase")]
    [InlineData("await using var tx = await db.BeginNeonAsync(default); await db.Orders.InsertAsync(order, tx); await tx.CommitAsync(); await db.Activities.{|DDB412:InsertAsync|}(activity);", "Neon and to Supabase")]
    public Task Writes_to_both_databases_are_told_of(string body, string databases) => Verify.ReportsAsync(
        Source(body),
        $"'PlaceAsync' can be torn apart: it writes to {databases}, and where it stops in between, only one of them has changed. Publish an event in the transaction of the first write and let a handler do the second (docs/guides/events.md).");

    [Theory]
    [InlineData("await db.Orders.InsertAsync(order); await db.Lines.InsertAsync(new Line(1, 2));")]
    [InlineData("await db.Orders.InsertAsync(order); _ = await db.Activities.FindAsync(activity.Id);")]
    [InlineData("await using var tx = await db.BeginNeonAsync(default); await db.Orders.InsertAsync(order, tx); tx.Publish(new Happened(1)); await tx.CommitAsync(); await db.Activities.InsertAsync(activity);")]
    [InlineData("await db.Orders.InsertAsync(order); await db.Events.PublishAsync(new Happened(1)); await db.Activities.InsertAsync(activity);")]
    [InlineData("Func<Task> one = () => db.Orders.InsertAsync(order), other = () => db.Activities.InsertAsync(activity); await one();")]
    public Task Other_writes_are_not(string body) => Verify.IsSilentAsync(Source(body));

    [Fact]
    public Task A_handler_has_one_database_to_write_to_already() => Verify.IsSilentAsync(
        Model + "public class Both(Db db) : IEventHandler<Happened> { public async Task HandleAsync(Happened e, EventContext context, CancellationToken token) "
        + "{ await db.Orders.UpsertAsync(new Order(1, 2), token); await db.Activities.UpsertAsync(new Activity(context.EventId, \"\"), context.Supabase, token); } }");

    private static string Source(string body)
        => Model + "public class Checkout(Db db) { public async Task PlaceAsync(Order order, Activity activity) { " + body + " } }";
}
