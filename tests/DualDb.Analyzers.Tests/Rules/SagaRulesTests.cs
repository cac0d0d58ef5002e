using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class SagaRulesTests
{
    private const string Model = """
        using DualDb.Consistency.Events;
        using DualDb.Consistency.Sagas;
        [Neon] public sealed partial record Order([Key] long Id, decimal Total);
        [Supabase] public sealed partial record Activity([Key] Guid Id, string Text);
        [DualDatabase] public sealed partial class Db;
        public sealed record Input(long Id);
        public sealed record Placed(long Id);
        [DomainEvent("paid")] public sealed partial record Paid(long Id);
        public sealed class PaidHandler : IEventHandler<Paid> { public Task HandleAsync(Paid e, EventContext context, CancellationToken token) => Task.CompletedTask; }

        """;

    [Fact]
    public Task A_saga_with_everything_is_silent() => Verify.IsSilentAsync(Model + """
        public interface IClock;
        [Saga("order", DeadlineSeconds = 60)]
        public sealed partial class OrderSaga(Db db, IClock clock, IServiceProvider services)
        {
            [Step(1), Retry(3, DelayMilliseconds = 5, MaxDelaySeconds = 1), Timeout(5)]
            private async Task<Placed> Place(Input input, NeonTransaction tx, SagaContext context, CancellationToken ct)
            {
                _ = (clock, services, context);
                await db.Orders.InsertAsync(new Order(input.Id, 1), tx, ct);
                await db.Orders.In(tx).Where(o => o.Id == input.Id).DeleteAsync(ct);
                return new Placed(input.Id);
            }
            [Compensates(nameof(Place)), Retry(0)] private Task Withdraw(Placed placed, Input input, NeonTransaction tx) => Task.CompletedTask;
            [Step(2)] private Task<int> Left(Placed placed) => Task.FromResult(1);
            [Compensates(nameof(Left))] private Task UndoLeft(int? left) => Task.CompletedTask;
            [Step(2)] private ValueTask<string> Right(Input input) => new("");
            [Compensates(nameof(Right))] private ValueTask UndoRight(string? right, Placed placed) => default;
            [Step(3), WaitFor<Paid>(TimeoutSeconds = 9)] private EventKey Payment(Placed placed) => placed.Id;
            [Step(4), Delay] private TimeSpan Rest(Paid paid) => TimeSpan.FromSeconds(paid.Id);
            [Step(5), Pivot, Result] private Task<Guid> Pack(int left, string right) => Task.FromResult(Guid.Empty);
            [Step(6)] private Task Ship(Guid pack) => Task.CompletedTask;
            [Step(7)] private async Task Record(Guid pack, SupabaseTransaction tx, CancellationToken ct) => await db.Activities.InsertAsync(new Activity(pack, ""), tx, ct);
        }
        """);

    [Fact]
    public Task Unusual_types_and_names_are_as_good_as_others() => Verify.IsSilentAsync(Model + """
        public sealed record Envelope<T>(T Content, int? Number);
        public readonly record struct Amount(decimal Value);
        internal static partial class @class
        {
            internal partial record Outer
            {
                [Saga("größe \"1\" \\ 🛒")]
                internal sealed partial class @event
                {
                    [Step(int.MinValue)] internal static Task<Envelope<Input[]>> @new(Input @in, SagaContext @ref, CancellationToken @out) => null!;
                    [Compensates("new")] internal static Task @delete(Envelope<Input[]>? @base) => Task.CompletedTask;
                    [Step(0)] internal ValueTask<Amount> @value(Envelope<Input[]> saga) => default;
                    [Compensates("value")] internal ValueTask call(Amount? values) => default;
                    [Step(0)] internal Task<Dictionary<string, List<Guid>>> saga(Input values) => null!;
                    [Compensates("saga")] internal Task create(Dictionary<string, List<Guid>>? call, Envelope<Input[]> saga) => null!;
                    [Step(1), Result] internal Task<byte[]> values(Amount amount, in Dictionary<string, List<Guid>> writer) => null!;
                    [Compensates("values")] internal Task reader(byte[]? bytes) => null!;
                    [Step(int.MaxValue)] internal Task<DateOnly?> InvokeAsync(params byte[] bytes) => null!;
                }
            }
        }
        """);

    [Theory]
    [InlineData("public sealed class {|DDB420:S|}", "'S' is not partial, so nothing can be added to it. Add the partial modifier to 'S'.")]
    [InlineData("public sealed partial class {|DDB420:S|}<T>", "'S' is generic, and one name stands for one saga. Remove the type parameters.")]
    [InlineData("public abstract partial class {|DDB420:S|}", "it is abstract, so that no instance of it can be made. Remove the modifier.")]
    [InlineData("file sealed partial class {|DDB420:S|}", "'S' is file-local, so that generated code elsewhere in the project cannot name it. Make 'S' internal or public.")]
    public Task A_saga_is_a_partial_class(string declaration, string message)
        => Verify.ReportsAsync(Model + "[Saga(\"s\")] " + declaration + " { [Step(1)] public Task A(Input input) => Task.CompletedTask; }", "'S' cannot be a saga: " + message);

    [Theory]
    [InlineData("", "it has no steps. Mark a method with [Step(1)].")]
    [InlineData("[Step(1)] public Task A() => Task.CompletedTask;", "no step asks for an input, so that there is nothing to start it with. Give a step a parameter for it.")]
    public Task A_saga_has_steps_and_an_input(string body, string message)
        => Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class {|DDB420:S|} { " + body + " }", "'S' cannot be a saga: " + message);

    [Fact]
    public Task The_property_of_a_saga_is_its_own() => Verify.ReportsAsync(
        Model + "[Saga(\"s\")] public sealed partial class {|DDB420:OptionsSaga|} { [Step(1)] public Task A(Input input) => Task.CompletedTask; }",
        "'OptionsSaga' cannot be a saga: its property among the sagas of the root would be called 'Options', and so is another there. Give the class another name.");

    [Theory]
    [InlineData("[Step(1)] public int {|DDB423:A|}(Input input) => 1;", "A", "it does not return a task. Return Task, or Task<T> with a result for later steps.")]
    [InlineData("[Step(1)] public Task {|DDB423:A|}<T>(Input input) => Task.CompletedTask;", "A", "it is generic, and nobody says for which type. Remove the type parameters.")]
    [InlineData("[Step(1)] public Task {|DDB423:A|}(ref Input input) => Task.CompletedTask;", "A", "its parameter 'input' is passed by reference. Remove the modifier.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2)] public Task {|DDB423:A|}(Input input, CancellationToken ct) => Task.CompletedTask;", "A", "another step has the same name, under which both would be stored. Rename one of them.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2), Delay] public int {|DDB423:B|}(Input input) => 1;", "B", "it does not return how long it waits. Return TimeSpan.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2), WaitFor<Paid>] public Task {|DDB423:B|}(Input input) => null!;", "B", "it does not return the key of the event that it waits for. Return EventKey, a string, a long or a Guid.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2), WaitFor<Input>] public long {|DDB423:B|}(Input input) => 1;", "B", "it waits for 'Input', which is no event. Put [DomainEvent] on it.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2), Delay, WaitFor<Paid>] public TimeSpan {|DDB423:B|}(Input input) => default;", "B", "it waits for an event and for time. Make two steps of it.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Step(2), Delay] public TimeSpan {|DDB423:B|}(NeonTransaction tx) => default;", "B", "it asks for a transaction, and a step that waits writes nothing. Remove the parameter.")]
    [InlineData("[Step(1)] public Task A(Input input) => Task.CompletedTask; [Compensates(nameof(A))] public Task<int> {|DDB423:B|}(Input input) => null!;", "B", "it does not return Task, as a compensation does. Return Task.")]
    public Task A_step_can_be_called(string body, string method, string message)
        => Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }", $"'S.{method}' cannot be run by the saga: {message}");

    [Theory]
    [InlineData("[Step(1)] public Task<Input> A(Input input) => null!; [Compensates(nameof(A))] public Task UndoA(Input? input) => null!; [Step(2)] public Task B(Input {|DDB424:again|}) => null!;", "DDB424", "'S.B' cannot be called: its parameter 'again' of type 'Input' is the input and what 'A' returns. Give each a type of its own.")]
    [InlineData("[Step(1)] public Task<int> A(Input input) => null!; [Compensates(nameof(A))] public Task UndoA(int? a) => null!; [Step(2)] public Task<int> B() => null!; [Compensates(nameof(B))] public Task UndoB(int? b) => null!; [Step(3)] public Task C(int {|DDB424:number|}) => null!;", "DDB424", "'S.C' cannot be called: its parameter 'number' of type 'int' is what 'A' returns and what 'B' returns. Give each a type of its own.")]
    [InlineData("[Step(1)] public Task<int?> A(Input input) => null!; [Compensates(nameof(A))] public Task UndoA(int? a) => null!; [Step(2)] public Task B(int {|DDB424:number|}) => null!;", "DDB424", "'S.B' cannot be called: its parameter 'number' of type 'int' does not take null, and 'A' may return it. Declare it as 'int?'.")]
    [InlineData("[Step(1)] public Task<string?> A(Input input) => null!; [Compensates(nameof(A))] public Task UndoA(string? a) => null!; [Step(2)] public Task B(string {|DDB424:text|}) => null!;", "DDB424", "'S.B' cannot be called: its parameter 'text' of type 'string' does not take null, and 'A' may return it. Declare it as 'string?'.")]
    [InlineData("[Step(1)] public Task A(Input input) => null!; [Compensates(nameof(A))] public Task UndoA(Guid {|DDB425:id|}) => null!;", "DDB425", "'S.UndoA' cannot be called: its parameter 'id' of type 'Guid' is neither the input, 'Input', nor what an earlier step returns. Take what it needs from those, or from the constructor of the saga.")]
    public Task A_parameter_has_one_source(string body, string rule, string message)
    {
        Assert.Contains(rule, body, StringComparison.Ordinal);
        return Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }", message);
    }

    [Theory]
    [InlineData("[Step(2)] public Task<Placed> A(Input input) => null!; [Step(1)] public Task {|DDB430:B|}(Placed placed) => null!;", "later")]
    [InlineData("[Step(1)] public Task<Placed> A(Input input) => null!; [Step(1)] public Task {|DDB430:B|}(Placed placed) => null!;", "at the same time")]
    public Task A_step_needs_earlier_results(string body, string when) => Verify.ReportsAsync(
        Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }",
        $"'S.B' cannot be called: its parameter 'placed' is what 'A' returns, which runs {when}. Give 'A' a lower number, or 'B' a higher one.");

    [Theory]
    [InlineData("[Step(1)] public Task A(Input input) => null!; [{|DDB426:Compensates(\"X\")|}] public Task B() => null!;", "the saga has no step 'X'. Name a method with [Step], by nameof.")]
    [InlineData("[Step(1), {|DDB426:Compensates(\"B\")|}] public Task B(Input input) => null!;", "it is a step itself. Write a method of its own.")]
    [InlineData("[Step(1)] public Task A(Input input) => null!; [Compensates(\"A\")] public Task C() => null!; [{|DDB426:Compensates(\"A\")|}] public Task B() => null!;", "'C' undoes 'A' already. Make one method of both.")]
    [InlineData("[Step(1)] public Task A(Input input) => null!; [Step(2), Delay] public TimeSpan W() => default; [{|DDB426:Compensates(\"W\")|}] public Task B() => null!;", "'W' only waits, so that there is nothing to undo. Remove it.")]
    public Task A_compensation_undoes_one_step(string body, string message)
        => Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }", "'S.B' cannot undo anything: " + message);

    [Theory]
    [InlineData("[Step(1)] public Task {|DDB427:A|}(Input i) => null!; [Step(2)] public Task B() => null!;", "A", "B")]
    [InlineData("[Step(1)] public Task {|DDB427:A|}(Input i) => null!; [Step(2), Pivot] public Task B() => null!; [Step(3)] public Task C() => null!;", "A", "B")]
    [InlineData("[Step(1)] public Task {|DDB427:A|}(Input i) => null!; [Step(2), WaitFor<Paid>(TimeoutSeconds = 1)] public long B(Input i) => 1;", "A", "B")]
    public Task A_step_that_others_follow_can_be_undone(string body, string step, string later) => Verify.ReportsAsync(
        Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }",
        $"'S.{step}' stays done where '{later}' fails: it has no compensation. Write one with [Compensates(nameof({step}))], mark it with [Pivot] if there is no way back behind it, or let it come last.");

    [Theory]
    [InlineData("[Step(1)] public Task A(Input i) => null!; [Step(2), WaitFor<Paid>] public long B(Input i) => 1;")]
    [InlineData("[Step(1)] public Task A(Input i) => null!; [Step(2), Delay] public TimeSpan B(Input i) => default;")]
    [InlineData("[Step(1), Pivot] public Task A(Input i) => null!; [Step(2)] public Task B() => null!; [Step(3)] public Task C() => null!;")]
    public Task Nothing_follows_that_can_fail(string body) => Verify.IsSilentAsync(Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }");

    [Theory]
    [InlineData("[Step(1)] public async Task A(Input i, CancellationToken ct) => await db.Orders.{|DDB428:InsertAsync|}(new Order(1, 1), ct);", "'S.A' may write twice: it writes to Neon and has no transaction there, so that the write is committed by itself and not with the step. Take a NeonTransaction and hand it to the call.")]
    [InlineData("[Step(1)] public async Task A(Input i, NeonTransaction tx, CancellationToken ct) => await db.Orders.{|DDB428:InsertAsync|}(new Order(1, 1), ct);", "'S.A' may write twice: it writes to Neon without the transaction that it was given, so that the write is committed by itself and not with the step. Hand the transaction to the call.")]
    [InlineData("[Step(1)] public async Task A(Input i, NeonTransaction tx, CancellationToken ct) => await db.Activities.{|DDB428:InsertAsync|}(new Activity(Guid.Empty, \"\"), ct);", "'S.A' may write twice: it writes to Supabase and has no transaction there but one in Neon, so that the write is committed by itself and not with the step. Make two steps of it.")]
    [InlineData("[Step(1)] public async Task A(Input i, CancellationToken ct) { await using var tx = await db.BeginNeonAsync(ct); await db.Orders.{|DDB428:InsertAsync|}(new Order(1, 1), tx, ct); await tx.CommitAsync(ct); }", "'S.A' may write twice: it writes to Neon and has no transaction there, so that the write is committed by itself and not with the step. Take a NeonTransaction and hand it to the call.")]
    [InlineData("[Step(1)] public async Task A(Input i, SupabaseTransaction own, CancellationToken ct) { await using var tx = await db.BeginNeonAsync(ct); await db.Orders.{|DDB428:InsertAsync|}(new Order(1, 1), tx, ct); await tx.CommitAsync(ct); }", "'S.A' may write twice: it writes to Neon and has no transaction there but one in Supabase, so that the write is committed by itself and not with the step. Make two steps of it.")]
    [InlineData("[Step(1)] public async Task A(Input i, NeonTransaction tx, CancellationToken ct) => await db.Orders.Where(o => o.Id == i.Id).{|DDB428:DeleteAsync|}(ct);", "'S.A' may write twice: it writes to Neon without the transaction that it was given, so that the write is committed by itself and not with the step. Hand the transaction to the call.")]
    public Task A_step_writes_in_its_transaction(string body, string message)
        => Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class S(Db db) { " + body + " }", message);

    [Theory]
    [InlineData("[Step(1), {|DDB432:Retry(-1)|}] public Task A(Input i) => null!;", "'S' cannot be run as 'A' says: MaxAttempts is -1. Write 0 or more.")]
    [InlineData("[Step(1), {|DDB432:Timeout(double.NaN)|}] public Task A(Input i) => null!;", "'S' cannot be run as 'A' says: Timeout is NaN. Write more than 0 and at most 31,536,000 seconds, a year.")]
    [InlineData("[Step(1), {|DDB432:WaitFor<Paid>(TimeoutSeconds = -1)|}] public long A(Input i) => 1;", "'S' cannot be run as 'A' says: TimeoutSeconds is -1. Write 0 to 31,536,000 seconds, a year.")]
    public Task Options_are_within_their_limits(string body, string message) => Verify.ReportsAsync(Model + "[Saga(\"s\")] public sealed partial class S { " + body + " }", message);

    [Theory]
    [InlineData("public sealed class S { [{|DDB433:Step(1)|}] public Task A(Input i) => null!; }", "[Step] on 'A' has no effect: 'S' is no saga. Put [Saga] on the class.")]
    [InlineData("[Saga(\"s\")] public sealed partial class S { [Step(1)] public Task A(Input i) => null!; [{|DDB433:Pivot|}, Compensates(\"A\")] public Task B() => null!; }", "[Pivot] on 'B' has no effect: it is no step. Remove it.")]
    [InlineData("[Saga(\"s\")] public sealed partial class S { [Step(1)] public Task A(Input i) => null!; [Step(2), Delay, {|DDB433:Retry(1)|}] public TimeSpan B() => default; }", "[Retry] on 'B' has no effect: a step that waits is not tried again. Remove it, or say with WaitFor how long to wait.")]
    public Task Attributes_are_where_they_are_read(string source, string message) => Verify.ReportsAsync(Model + source, message);

    [Fact]
    public Task Sagas_of_one_class_name_cannot_both_have_a_property() => Verify.ReportsAsync(
        Model + "namespace A { [Saga(\"a\")] public sealed partial class S { [Step(1)] public Task X(Input i) => null!; } } namespace B { [Saga(\"b\")] public sealed partial class {|DDB422:S|} { [Step(1)] public Task X(Input i) => null!; } }",
        "'B.S' cannot be told from 'A.S': both have the property 'S'. Give one of them another.");

    [Fact]
    public Task An_entity_may_not_be_called_like_the_property_of_sagas() => Verify.ReportsAsync(
        Model + "[Saga(\"s\")] public sealed partial class S { [Step(1)] public Task A(Input i) => null!; } [{|DDB053:Neon|}] public sealed partial record Saga([Key] long Id);",
        "The root 'Db' can have no property 'Sagas' for 'Saga': the name is taken by the sagas of the project. Rename that, or choose another set with Set = \"…\" in the annotation of 'Saga'.");
}
