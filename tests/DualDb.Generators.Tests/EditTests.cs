using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests;

/// <summary>An edit reruns what it concerns and nothing else.</summary>
public sealed class EditTests
{
    private const string Unrelated = "namespace Elsewhere; public class Unrelated { public int Number => 1; }";

    private const string View = """
        using System.Collections.Generic;
        using DualDb;
        namespace Shop;
        [UnifiedView] public sealed partial record History(Profile User, IReadOnlyList<Order> Orders) { public int Count => Orders.Count; }
        """;

    private static readonly string[] AllSteps = [TrackingNames.Project, TrackingNames.Entity, TrackingNames.EntityFile, TrackingNames.View, TrackingNames.ViewFile, TrackingNames.Sets, TrackingNames.RootFiles, TrackingNames.SchemaTable, TrackingNames.RootSchema];

    [Fact]
    public void The_first_run_makes_everything()
    {
        var run = First();

        Assert.All(AllSteps, step => Assert.All(NotEmpty(run.Reasons(step)), static reason => Assert.Equal(IncrementalStepRunReason.New, reason)));
        Assert.All(NotEmpty(run.OutputReasons), static reason => Assert.Equal(IncrementalStepRunReason.New, reason));
    }

    [Fact]
    public void An_edit_of_an_unrelated_file_leaves_everything_cached()
    {
        var run = Edited(1, static source => source.Replace("=> 1", "=> 2"));

        AssertUntouched(run);
    }

    [Fact]
    public void An_edit_below_the_entity_in_its_own_file_leaves_everything_cached()
    {
        var run = Edited(0, static source => source + "\npublic class Below { public int Number => 1; }\n");

        AssertUntouched(run);
    }

    [Fact]
    public void An_edit_inside_the_entity_that_changes_no_column_leaves_everything_cached()
    {
        var run = Edited(0, static source => source.Replace("public string? Note { get; init; }", "/* a remark */ public string? Note { get; init; } public int Length => Note!.Length;"));

        AssertUntouched(run);
    }

    [Fact]
    public void A_changed_column_rewrites_its_own_entity_and_the_schema_and_neither_the_others_nor_the_root()
    {
        var run = Edited(0, static source => source.Replace("public string? Note", "public int? Note"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.Entity)));
        Assert.Equal(1, Modified(run.Reasons(TrackingNames.EntityFile)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.ViewFile)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.Sets)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.Reasons(TrackingNames.SchemaTable)));
        Assert.Equal(1, Modified(run.Reasons(TrackingNames.RootSchema)));
        Assert.Equal(2, Modified(run.OutputReasons));
        Assert.Contains("new(\"note\", \"Note\", \"integer\", true)", run.Files["Shop.Order.g.cs"]);
        Assert.Contains("""{ "name": "note", "type": "integer", "nullable": true }""", run.Files["Shop.ShopDb.Schema.g.cs"]);
    }

    [Fact]
    public void An_edited_view_rewrites_its_own_file_and_nothing_else()
    {
        var run = Edited(2, static source => source.Replace("IReadOnlyList<Order> Orders", "[Take(3)] IReadOnlyList<Order> Orders"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.View)));
        Assert.Equal(1, Modified(run.Reasons(TrackingNames.ViewFile)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.EntityFile)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.OutputReasons));
        Assert.Contains("take: 3", run.Files["Shop.History.g.cs"]);
    }

    [Fact]
    public void An_edit_of_a_view_that_changes_no_member_leaves_everything_cached()
    {
        var run = Edited(2, static source => source.Replace("Orders.Count", "Orders.Count + 0"));

        AssertUntouched(run);
    }

    [Fact]
    public void A_changed_reference_reaches_the_views_that_follow_it()
    {
        var run = Edited(0, static source => source.Replace("[References<Profile>]\n    public required Guid UserId", "[References<Profile>, Column(\"buyer\")]\n    public required Guid UserId"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.ViewFile)));
        Assert.Contains("new(\"buyer\", \"uuid\")", run.Files["Shop.History.g.cs"]);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_changed_key_reaches_the_entity_that_refers_to_it()
    {
        var first = First();
        var run = Edited(0, static source => source
            .Replace("public required Guid Id", "public required long Id")
            .Replace("public required Guid UserId", "public required long UserId"));

        Assert.Contains("ListByUserIdAsync(global::System.Guid userId", first.Files["Shop.Order.g.cs"]);
        Assert.Contains("ListByUserIdAsync(long userId", run.Files["Shop.Order.g.cs"]);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("[Neon(\"orders\")]", "[Neon(\"orders\"), CachedFor(minutes: 5)]")]
    [InlineData("[Supabase(\"profiles\")]", "[Supabase(\"profiles\"), CachedFor(\"00:00:30\")]")]
    public void An_entity_that_is_cached_from_now_on_is_rewritten_and_nothing_else(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.Entity)));
        Assert.Equal(1, Modified(run.Reasons(TrackingNames.EntityFile)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.ViewFile)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.OutputReasons));
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_view_that_is_cached_from_now_on_is_rewritten_with_the_root_that_gives_it_the_cache()
    {
        var run = Edited(2, static source => source.Replace("[UnifiedView]", "[UnifiedView, CachedFor(minutes: 5)]"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.ViewFile)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.EntityFile)), AssertReused);
        Assert.Contains("HistoryReader(neon, supabase, cache)", run.Files["Shop.ShopDb.g.cs"]);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void Another_time_of_a_cached_view_rewrites_its_own_file_and_nothing_else()
    {
        var cached = View.Replace("[UnifiedView]", "[UnifiedView, CachedFor(minutes: 5)]");
        var project = Fixture.Project(Fixture.Source("Shop"), Unrelated, cached);
        var tree = project.SyntaxTrees[2];
        var run = GeneratorRun.Of(project).After(project.ReplaceSyntaxTree(
            tree, CSharpSyntaxTree.ParseText(cached.Replace("minutes: 5", "minutes: 6"), (CSharpParseOptions)tree.Options, tree.FilePath)));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.ViewFile)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.EntityFile)), AssertReused);
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Equal(1, Modified(run.OutputReasons));
    }

    [Fact]
    public void A_renamed_set_rewrites_the_root()
    {
        var run = Edited(0, static source => source.Replace("[Neon(\"orders\")]", "[Neon(\"orders\", Set = \"Sales\")]"));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.RootFiles)));
        Assert.Contains("IOrderRepository Sales { get; }", run.Files["Shop.ShopDb.g.cs"]);
    }

    private static GeneratorRun First() => GeneratorRun.Of(Fixture.Project(Fixture.Source("Shop"), Unrelated, View));

    private static GeneratorRun Edited(int file, Func<string, string> edit)
    {
        var project = Fixture.Project(Fixture.Source("Shop"), Unrelated, View);
        var tree = project.SyntaxTrees[file];
        var source = tree.ToString();
        var edited = edit(source);
        Assert.NotEqual(source, edited);
        var after = project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath));
        return GeneratorRun.Of(project).After(after);
    }

    private static void AssertUntouched(GeneratorRun run)
    {
        Assert.All(AllSteps, step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
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
