using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests;

/// <summary>An edit of an event or a handler reruns what it concerns and nothing else; and a project without events is left as it was.</summary>
public sealed class EventPipelineTests
{
    private const string Unrelated = "namespace Elsewhere; public class Unrelated : System.IDisposable { public void Dispose() { } public int Number => 1; }";

    private static readonly string[] EventSteps = [TrackingNames.Event, TrackingNames.Handler, TrackingNames.Events, TrackingNames.RootEvents];

    [Fact]
    public void An_edit_of_an_unrelated_file_leaves_everything_cached()
        => AssertUntouched(Edited(1, static source => source.Replace("=> 1", "=> 2")));

    [Fact]
    public void An_edit_of_an_event_that_changes_no_member_leaves_everything_cached()
        => AssertUntouched(Edited(0, static source => source.Replace("public int Count => Lines.Count;", "public int Count => Lines.Count + 0; public int Twice() => 2 * Count;")));

    [Fact]
    public void An_edit_of_what_a_handler_does_leaves_everything_cached()
        => AssertUntouched(Edited(0, static source => source.Replace("\"created\"", "\"was created\"")));

    [Theory]
    [InlineData("public string? Remark", "public int? Remark")]
    [InlineData("int Quantity, decimal Price", "long Quantity, decimal Price")]
    [InlineData("[DomainEvent(\"order.created\")]", "[DomainEvent(\"order.made\")]")]
    [InlineData("[DomainEvent(\"order.created\")]", "[DomainEvent(\"order.created\", Version = 2)]")]
    public void A_changed_event_rewrites_its_own_file_and_nothing_else(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.Event)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.Events)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootEvents)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.OutputReasons));
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("MaxAttempts = 3", "MaxAttempts = 4")]
    [InlineData("context.Supabase, cancellationToken);\n}", "null!, cancellationToken);\n}")]
    public void A_changed_handler_rewrites_the_registry_and_neither_the_events_nor_the_root(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after).Replace("\"created\"), context.Supabase", "\"created\"), null!"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.RootEvents)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.Event)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.OutputReasons));
    }

    [Fact]
    public void A_changed_entity_leaves_events_and_registry_alone()
    {
        var run = Edited(0, static source => source.Replace("decimal Total", "int Total"));

        Assert.All(NotEmpty(run.Reasons(TrackingNames.Event)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootEvents)), AssertReused);
        // The entity, and the schema.
        Assert.Equal(2, Modified(run.OutputReasons));
    }

    [Fact]
    public void A_new_entity_rewrites_the_root_and_leaves_its_events_alone()
    {
        var run = Edited(1, static source => source + "\n[DualDb.Neon] public sealed partial record Thing([property: DualDb.Key] int Id);");

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.RootFiles)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootEvents)), AssertReused);
    }

    [Fact]
    public void The_first_event_gives_the_root_its_property_without_writing_the_root_anew()
    {
        var project = Fixture.Project(Fixture.Source("Shop"), Unrelated);
        var run = GeneratorRun.Of(project).After(Replace(project, 1, Unrelated + "\n[DualDb.Consistency.Events.DomainEvent(\"x\")] public sealed partial record Happened(int Id);"));

        Assert.Contains("public global::DualDb.Consistency.Events.DomainEvents Events", run.Files["Shop.ShopDb.Events.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("Views")]
    [InlineData("Caching")]
    public void A_project_without_the_library_of_events_gets_the_same_files(string fixture)
    {
        var project = Fixture.Project(Fixture.Source(fixture));
        var without = project.RemoveReferences(project.References.Where(static reference => reference.Display!.EndsWith("DualDb.Consistency.dll", StringComparison.Ordinal)));
        Assert.NotEqual(project.References.Count(), without.References.Count());

        Assert.Equal(GeneratorRun.Of(without).Files, GeneratorRun.Of(project).Files);
    }

    private static GeneratorRun Edited(int file, Func<string, string> edit)
    {
        var project = Fixture.Project(Fixture.Source("Events"), Unrelated);
        var source = project.SyntaxTrees[file].ToString();
        var edited = edit(source);
        Assert.NotEqual(source, edited);
        return GeneratorRun.Of(project).After(Replace(project, file, edited));
    }

    private static CSharpCompilation Replace(CSharpCompilation project, int file, string source)
    {
        var tree = project.SyntaxTrees[file];
        return project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    private static void AssertUntouched(GeneratorRun run)
    {
        Assert.All(EventSteps, step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
        Assert.All(NotEmpty(run.OutputReasons), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static void AssertReused(IncrementalStepRunReason reason)
        => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"The step was {reason}.");

    private static int Modified(IEnumerable<IncrementalStepRunReason> reasons)
        => reasons.Count(static reason => reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);

    private static IEnumerable<T> NotEmpty<T>(IEnumerable<T> items)
    {
        Assert.NotEmpty(items);
        return items;
    }
}
