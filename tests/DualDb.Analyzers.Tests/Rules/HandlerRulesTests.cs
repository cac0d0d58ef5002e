using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class HandlerRulesTests
{
    private const string Model = """
        using DualDb.Consistency.Events;
        [DualDatabase] public partial class Db;
        [Neon] public partial record Order([Key] long Id, int Number);
        [Supabase] public partial record Activity([Key] Guid Id, string Text);
        [DomainEvent("happened")] public partial record Happened(int Id);

        """;

    private const string Other = "public class Other : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }";
    private const string Handle = "public Task HandleAsync(Happened e, EventContext context, CancellationToken token)";

    [Theory]
    [InlineData("public abstract class {|DDB406:H|} : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }", "it is abstract. Derive a class from it, or remove the modifier.")]
    [InlineData("public class {|DDB406:H|}<T> : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }", "'H' is generic. Derive a class from it that names the types, or remove the type parameters.")]
    [InlineData("public class {|DDB406:H|}<T> : IEventHandler<T> { public Task HandleAsync(T e, EventContext context, CancellationToken token) => Task.CompletedTask; }", "'H' is generic. Derive a class from it that names the types, or remove the type parameters.")]
    [InlineData("public class Outer { private class {|DDB406:H|} : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } }", "'H' is private, so that generated code elsewhere in the project cannot name it. Make 'H' internal or public.")]
    [InlineData("file class {|DDB406:H|} : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }", "'H' is file-local, so that generated code elsewhere in the project cannot name it. Make 'H' internal or public.")]
    public Task A_handler_that_is_not_registered_is_told_of(string source, string message)
        => Verify.ReportsAsync(Source(source + Other), "'H' is never called: " + message);

    [Fact]
    public Task A_base_of_handlers_is_none_itself() => Verify.IsSilentAsync(Source(
        "public abstract class Base<T> : IEventHandler<T> { public abstract Task HandleAsync(T e, EventContext context, CancellationToken token); } "
        + "public sealed class H : Base<Happened> { public override Task HandleAsync(Happened e, EventContext context, CancellationToken token) => Task.CompletedTask; }"));

    [Fact]
    public Task A_library_may_have_bases_of_handlers() => Verify.IsSilentAsync(
        "using DualDb.Consistency.Events; public abstract class Base<T> : IEventHandler<T> { public abstract Task HandleAsync(T e, EventContext context, CancellationToken token); }");

    [Theory]
    [InlineData("string")]
    [InlineData("Order")]
    [InlineData("object")]
    public Task Only_events_are_handled(string type) => Verify.ReportsAsync(
        Source($"public class {{|DDB407:H|}} : IEventHandler<{type}> {{ public Task HandleAsync({type} e, EventContext context, CancellationToken token) => Task.CompletedTask; }}" + Other),
        $"'H' is never called for '{type}': that type is no event. Mark it with [DomainEvent(\"…\")], or handle one that is.");

    [Theory]
    [InlineData("HANDLE { _ = context.Neon; return context.Supabase.CommitAsync(); }")]
    [InlineData("HANDLE => context is { Neon: { } tx } ? tx.CommitAsync() : context?.Supabase.CommitAsync();")]
    public Task A_handler_asks_one_database(string body) => Verify.ReportsAsync(
        Source("public class {|DDB408:H|} : IEventHandler<Happened> { " + body + " }"),
        "'H' cannot be given its transaction: its code asks for a transaction in Neon and for one in Supabase. Let one handler write to each, or let this one publish an event in its transaction that the other handles.");

    [Theory]
    [InlineData("Neon", "Supabase", "its attribute says Neon and its code asks for a transaction in Supabase")]
    [InlineData("Supabase", "Neon", "its attribute says Supabase and its code asks for a transaction in Neon")]
    [InlineData("None", "Neon", "its attribute says None and its code asks for a transaction in Neon")]
    public Task The_attribute_agrees_with_the_code(string target, string asked, string why) => Verify.ReportsAsync(
        Source($"[{{|DDB408:EventHandler(Target = HandlerTarget.{target})|}}] public class H : IEventHandler<Happened> {{ HANDLE => context.{asked}.CommitAsync(); }}"),
        $"'H' cannot be given its transaction: {why}. Correct the attribute, or leave Target out.");

    [Fact]
    public async Task Two_handlers_of_an_event_have_two_names()
    {
        await Verify.ReportsAsync(
            Source("namespace A { public class H : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } } namespace B { public class {|DDB409:H|} : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } }"),
            "'B.H' cannot be told from 'A.H': both handle 'Happened' under the name 'H', so that what one of them has handled would count for both. Name one of them with [EventHandler(\"…\")].");
        await Verify.ReportsAsync(
            Source("public class H : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } [{|DDB409:EventHandler(\"H\")|}] public class I : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }"),
            "'I' cannot be told from 'H': both handle 'Happened' under the name 'H', so that what one of them has handled would count for both. Name one of them with [EventHandler(\"…\")].");
        await Verify.IsSilentAsync(Source(
            "[DomainEvent(\"other\")] public partial record Second(int Id); namespace A { public class H : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } } "
            + "namespace B { public class H : IEventHandler<Second> { public Task HandleAsync(Second e, EventContext context, CancellationToken token) => Task.CompletedTask; } }"));
    }

    [Theory]
    [InlineData("MaxAttempts = 0", "MaxAttempts is 0, and it is below 1. Write 1 or more.")]
    [InlineData("RetryDelayMilliseconds = -1", "RetryDelayMilliseconds is -1, and it is below 0. Write 0 or more.")]
    [InlineData("MaxRetryDelaySeconds = -1", "MaxRetryDelaySeconds is -1, and it is below 0. Write 0 or more.")]
    [InlineData("TimeoutSeconds = 0", "TimeoutSeconds is 0, and it is below 1. Write 1 to 86400.")]
    [InlineData("TimeoutSeconds = 86401", "TimeoutSeconds is 86401, and it is above 86400. Write 1 to 86400.")]
    [InlineData("MaxConcurrency = -1", "MaxConcurrency is -1, and it is below 0. Write 0 or more.")]
    [InlineData("BatchSize = 0", "BatchSize is 0, and it is below 1. Write 1 or more.")]
    [InlineData("Target = (HandlerTarget)7", "Target is 7, and that is no member of HandlerTarget. Name one.")]
    [InlineData("\"\"", "its name is '', and it is empty. Write 1 to 200 characters, or leave the name out.")]
    public Task Options_are_within_their_limits(string options, string message) => Verify.ReportsAsync(
        Source($"[{{|DDB410:EventHandler({options})|}}] public class H : IEventHandler<Happened> {{ HANDLE => Task.CompletedTask; }}"),
        "'H' cannot be run as [EventHandler] says: " + message);

    [Fact]
    public async Task A_handler_with_a_transaction_publishes_in_it()
    {
        const string Message = "'H' publishes the event once more each time it is repeated: PublishAsync is no part of the transaction that holds what the handler does. Publish it with context.Neon.Publish(…).";
        await Verify.ReportsAsync(
            Source("public class H(Db db) : IEventHandler<Happened> { HANDLE { _ = context.Neon; return db.Events.{|DDB411:PublishAsync|}(e); } }"), Message);
        await Verify.ReportsAsync(
            Source("public class H(IDb db) : IEventHandler<Happened> { HANDLE => Tell(context.Neon, e); Task Tell(NeonTransaction tx, Happened e) { Func<Task> f = () => db.Events.{|DDB411:PublishAsync|}(e); return f(); } }"),
            Message);
        await Verify.IsSilentAsync(Source("public class H(Db db) : IEventHandler<Happened> { HANDLE => db.Events.PublishAsync(e); }"));
        await Verify.IsSilentAsync(Source("public class H : IEventHandler<Happened> { HANDLE { context.Neon.Publish(e); return Task.CompletedTask; } }"));
    }

    [Fact]
    public async Task A_handler_needs_a_root()
    {
        const string Event = "using DualDb.Consistency.Events; [DomainEvent(\"happened\")] public partial record Happened(int Id); ";
        await Verify.ReportsAsync(
            (Event + "public class {|DDB413:H|} : IEventHandler<Happened> { HANDLE => Task.CompletedTask; }").Replace("HANDLE", Handle),
            "'H' is never called: the project has no root, so that nothing registers its handlers. Declare a class with [DualDatabase], or move the handler to the project that has one.");
        await Verify.IsSilentAsync(
            (Event + "public class H : IEventHandler<Happened> { HANDLE => Task.CompletedTask; } [Neon] public partial record Order([Key] long Id);").Replace("HANDLE", Handle));
    }

    [Fact]
    public Task The_attribute_is_for_handlers() => Verify.ReportsAsync(
        Source("[{|DDB415:EventHandler|}] public class H; " + Other),
        "[EventHandler] on 'H' has no effect: the class implements no IEventHandler<T>. Implement it, or remove the attribute.");

    private static string Source(string source) => Model + source.Replace("HANDLE", Handle);
}
