using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests;

/// <summary>An edit of what is synchronised reruns what it concerns and nothing else.</summary>
public sealed class SyncPipelineTests
{
    private const string Unrelated = "namespace Elsewhere; public class Unrelated { public int Number => 1; }";

    private static readonly string[] Steps = [TrackingNames.SyncMap, TrackingNames.SyncMaps, TrackingNames.RootSync, TrackingNames.RootFiles];

    [Fact]
    public void An_edit_of_an_unrelated_file_leaves_everything_cached()
    {
        var run = Edited(1, static source => source.Replace("=> 1", "=> 2"));

        Assert.All(Steps, step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
        Assert.All(NotEmpty(run.OutputReasons), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData("mine.Name.Length >= theirs.Name.Length", "mine.Name.Length > theirs.Name.Length")]
    [InlineData("record Profile([property: Key] Guid Id, string Name", "record Profile([property: Key] Guid Id, [Index] string Name")]
    [InlineData("public required string Sku { get; init; }", "public required string Sku { get; init; } public int Sum => Units + 1;")]
    public void An_edit_of_a_member_that_no_map_copies_leaves_the_maps_cached(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after));

        Assert.All(Steps, step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [InlineData("state <> 'Placed'", "state = 'Paid'")]
    [InlineData("ConflictPolicy.Delta", "ConflictPolicy.ColumnMerge")]
    [InlineData("[property: Column(\"state\"), StoredAsText] Stage Stage", "[property: Column(\"state\"), StoredAsText] Stage Stage, bool IsPaid")]
    public void A_changed_map_rewrites_the_list_and_not_the_root(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after));

        Assert.Equal(1, run.Reasons(TrackingNames.RootSync).Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void The_first_map_gives_the_root_its_property_without_writing_the_root_anew()
    {
        var project = Fixture.Project(Fixture.Source("Shop"), Unrelated);
        var before = GeneratorRun.Of(project);
        var run = before.After(Replace(project, 1, "[DualDb.Neon, DualDb.Consistency.Sync.Sync] public sealed partial record Thing([property: DualDb.Key] int Id);"));

        Assert.Contains("DatabaseSync Sync", run.Files["Shop.ShopDb.Sync.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("Shop.ShopDb.Sync.g.cs", before.Files.Keys);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_map_at_fault_gets_no_code_and_keeps_the_others()
    {
        var run = Edited(0, static source => source.Replace("From = nameof(Order.UserId)", "From = \"Nobody\""));

        Assert.DoesNotContain("summaries", run.Files["Following.FollowingDb.Sync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("\"stock\"", run.Files["Following.FollowingDb.Sync.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    private static GeneratorRun Edited(int file, Func<string, string> edit)
    {
        var project = Fixture.Project(Fixture.Source("Sync"), Unrelated);
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

    private static void AssertReused(IncrementalStepRunReason reason)
        => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"The step was {reason}.");

    private static IEnumerable<T> NotEmpty<T>(IEnumerable<T> items)
    {
        Assert.NotEmpty(items);
        return items;
    }
}
