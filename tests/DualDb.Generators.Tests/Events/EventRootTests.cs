using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests.Events;

/// <summary>What a root gets of the events of its project, and which handlers are registered how.</summary>
public sealed class EventRootTests
{
    private const string Usings = "using System; using System.Threading; using System.Threading.Tasks; using DualDb; using DualDb.Consistency.Events; namespace Shop;\n";
    private const string Event = "[DomainEvent(\"happened\")] public sealed partial record Happened(int Id);\n";
    private const string Root = "[DualDatabase] public sealed partial class ShopDb;\n";
    private const string Body = "public Task HandleAsync(Happened e, EventContext context, CancellationToken token)";

    [Fact]
    public void A_project_with_events_and_no_root_gets_the_events_alone()
    {
        var run = Run(Event);

        Assert.Equal(["Shop.Happened.Event.g.cs"], run.Files.Keys);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void The_default_root_has_events_too()
    {
        var run = Run(Event + "[Neon] public sealed partial record Order([property: Key] int Id);");

        Assert.Contains("partial class DualDatabase", run.Files["Project.DualDatabase.Events.g.cs"], StringComparison.Ordinal);
        Assert.Contains("AddDualDatabaseEvents(", run.Files["Project.DualDatabase.Events.Registration.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void An_entity_called_Event_has_its_set_where_there_are_no_events()
    {
        const string Entity = "[Neon] public sealed partial record Event([property: Key] int Id);";

        Assert.Contains("IEventRepository Events { get; }", Run(Root + Entity).Files["Shop.ShopDb.g.cs"], StringComparison.Ordinal);
        var run = Run(Root + Event + Entity);
        Assert.DoesNotContain("Events", run.Files["Shop.ShopDb.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_root_that_declares_Events_itself_keeps_it()
    {
        var run = Run(Event + "[DualDatabase] public sealed partial class ShopDb { public int Events => 1; }");

        Assert.DoesNotContain("Shop.ShopDb.Events.g.cs", run.Files.Keys);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_field_of_the_root_with_the_name_of_ours_is_no_obstacle()
    {
        var run = Run(Event + "[DualDatabase] public sealed partial class ShopDb { private int _events = 1; public int Number => _events++; } file static class EventList; ");

        Assert.Contains("DomainEvents? __events;", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("public sealed class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }", "new(\"Handler\")),")]
    [InlineData("public sealed class Handler : IEventHandler<Happened> { BODY => context.Neon.CommitAsync(token); }", "new(\"Handler\") { Target = global::DualDb.Database.Neon }),")]
    [InlineData("public sealed class Handler : IEventHandler<Happened> { BODY { _ = context?.Supabase; return Task.CompletedTask; } }", "{ Target = global::DualDb.Database.Supabase }),")]
    [InlineData("public sealed class Handler : IEventHandler<Happened> { BODY => context is { Neon: { } tx } ? tx.CommitAsync() : Task.CompletedTask; }", "{ Target = global::DualDb.Database.Neon }),")]
    [InlineData("public sealed partial class Handler : IEventHandler<Happened> { BODY => Run(context); } partial class Handler { Task Run(EventContext c) => c.Neon.CommitAsync(); }", "{ Target = global::DualDb.Database.Neon }),")]
    [InlineData("public sealed class Handler(ShopDb db) : IEventHandler<Happened> { BODY { _ = db.Neon; _ = db.Supabase; return Task.CompletedTask; } }", "new(\"Handler\")),")]
    [InlineData("public sealed class Handler : IEventHandler<Happened> { class Neon; class Supabase; BODY { _ = new Neon(); return Task.CompletedTask; } }", "new(\"Handler\")),")]
    [InlineData("[EventHandler(Target = HandlerTarget.Supabase)] public sealed class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }", "{ Target = global::DualDb.Database.Supabase }),")]
    [InlineData("[EventHandler(\"other\", Target = HandlerTarget.None, MaxAttempts = 8, BatchSize = 100)] public sealed class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }", "new(\"other\")),")]
    [InlineData("public abstract class Base<T> : IEventHandler<T> { public Task HandleAsync(T e, EventContext context, CancellationToken token) => Task.CompletedTask; } public sealed class Handler : Base<Happened>;", "new(\"Handler\")),")]
    [InlineData("public static class Outer { internal sealed record Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; } }", "new(\"Handler\")),")]
    public void A_handler_is_listed_with_what_its_code_and_its_attribute_say(string source, string expected)
    {
        var run = Run(Root + Event + source.Replace("BODY", Body));

        Assert.Contains(expected, run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Equal(1, run.Files["Shop.ShopDb.Events.g.cs"].Split("HandlerType.Of<").Length - 1);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("public abstract class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }")]
    [InlineData("public class Handler<T> : IEventHandler<Happened> { BODY => Task.CompletedTask; }")]
    [InlineData("public class Outer { private class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; } }")]
    [InlineData("file class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }")]
    [InlineData("public class Handler : IEventHandler<string> { public Task HandleAsync(string e, EventContext context, CancellationToken token) => Task.CompletedTask; }")]
    [InlineData("public class Handler : IEventHandler<Happened> { BODY { _ = context.Neon; _ = context.Supabase; return Task.CompletedTask; } }")]
    [InlineData("[EventHandler(MaxAttempts = 0)] public class Handler : IEventHandler<Happened> { BODY => Task.CompletedTask; }")]
    public void A_handler_that_cannot_be_registered_is_left_out(string source)
    {
        var run = Run(Root + Event + source.Replace("BODY", Body));

        Assert.DoesNotContain("HandlerType.Of", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void An_event_of_another_project_is_listed_where_it_is_handled()
    {
        var library = GeneratorRun.Of(Fixture.Project("Library", [Usings + Event], []));
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var project = Fixture.Project(
            "Application",
            [Usings + Root + $"public sealed class Handler : IEventHandler<Happened> {{ {Body} => Task.CompletedTask; }}"],
            [MetadataReference.CreateFromImage(image.ToArray())]);

        var run = GeneratorRun.Of(project);

        Assert.Contains("EventType.Of<global::Shop.Happened>(),", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Contains("HandlerType.Of<global::Shop.Handler, global::Shop.Happened>(", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void An_event_of_another_project_is_listed_where_it_is_only_published()
    {
        var library = GeneratorRun.Of(Fixture.Project("Library", [Usings + Event], []));
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var run = GeneratorRun.Of(Fixture.Project("Application", [Usings + Root], [MetadataReference.CreateFromImage(image.ToArray())]));

        Assert.Contains("EventType.Of<global::Shop.Happened>(),", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void An_event_that_this_project_cannot_see_is_not_listed()
    {
        var library = GeneratorRun.Of(Fixture.Project("Library", [Usings + Event.Replace("public", "internal", StringComparison.Ordinal)], []));
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var run = GeneratorRun.Of(Fixture.Project("Application", [Usings + Root], [MetadataReference.CreateFromImage(image.ToArray())]));

        Assert.DoesNotContain("Shop.ShopDb.Events.g.cs", run.Files.Keys);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("[DomainEvent(\"happened\")] public sealed record Happened(int Id);")]
    [InlineData("[DomainEvent(\"\")] public sealed partial record Happened(int Id);")]
    [InlineData("[DomainEvent(\"happened\")] public sealed partial record Happened(object Id);")]
    public void A_handler_of_an_event_at_fault_adds_no_error_of_the_compilers(string source)
    {
        var run = Run(Root + source + $"public sealed class Handler : IEventHandler<Happened> {{ {Body} => Task.CompletedTask; }}");

        Assert.DoesNotContain("Shop.ShopDb.Events.g.cs", run.Files.Keys);
        Assert.Empty(run.Complaints);
    }

    private static GeneratorRun Run(string source) => GeneratorRun.Of(Fixture.Project(Usings + source));
}
