using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests;

/// <summary>An edit of a saga reruns what it concerns and nothing else.</summary>
public sealed class SagaPipelineTests
{
    private const string Unrelated = "namespace Elsewhere; public class Unrelated { public int Number => 1; }";

    private static readonly string[] Steps = [TrackingNames.Saga, TrackingNames.Sagas, TrackingNames.RootSagas, TrackingNames.RootEvents, TrackingNames.RootFiles];

    [Fact]
    public void An_edit_of_an_unrelated_file_leaves_everything_cached()
        => AssertUntouched(Edited(1, static source => source.Replace("=> 1", "=> 2")));

    [Fact]
    public void An_edit_of_what_a_step_does_leaves_everything_cached()
        => AssertUntouched(Edited(0, static source => source.Replace("new Order(input.Id, 1)", "new Order(input.Id, 2)")));

    [Theory]
    [InlineData("Retry(3)", "Retry(4)")]
    [InlineData("record StockHold(Guid Id)", "record StockHold(Guid Id, int Count = 0)")]
    [InlineData("private ValueTask Release(StockHold hold, NeonTransaction tx) => default;", "private ValueTask Release(StockHold hold, CreateOrder input, NeonTransaction tx) => default;")]
    [InlineData("DeadlineSeconds = 90.5", "DeadlineSeconds = 91")]
    public void A_changed_step_rewrites_the_saga_and_not_the_root(string before, string after)
    {
        var run = Edited(0, source => source.Replace(before, after));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.Saga)));
        Assert.All(Steps.Skip(1), step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
        Assert.Equal(1, Modified(run.OutputReasons));
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_changed_constructor_rewrites_the_list_of_the_root_and_no_saga()
    {
        var run = Edited(0, static source => source.Replace("CreateOrderSaga(PlacingDb db, IPayments payments)", "CreateOrderSaga(PlacingDb db, IPayments payments, IServiceProvider more)").Replace("=> new Order(", "=> new Order("));

        Assert.Equal(1, Modified(run.Reasons(TrackingNames.RootSagas)));
        Assert.All(NotEmpty(run.Reasons(TrackingNames.RootFiles)), AssertReused);
    }

    [Fact]
    public void The_first_saga_gives_the_root_its_property_without_writing_the_root_anew()
    {
        const string Saga = "\n[DualDb.Consistency.Sagas.Saga(\"x\")] public sealed partial class XSaga { [DualDb.Consistency.Sagas.Step(1)] public System.Threading.Tasks.Task Do(int number) => System.Threading.Tasks.Task.CompletedTask; }";
        var project = Fixture.Project(Fixture.Source("Shop"), Unrelated);
        var before = GeneratorRun.Of(project);
        var run = before.After(Replace(project, 1, Unrelated + Saga));

        Assert.Contains("public ShopDbSagas Sagas", run.Files["Shop.ShopDb.Sagas.g.cs"], StringComparison.Ordinal);
        Assert.Equal(before.Files["Shop.ShopDb.g.cs"], run.Files["Shop.ShopDb.g.cs"]);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void A_saga_at_fault_gets_no_code_and_keeps_the_others()
    {
        var run = Edited(0, static source => source.Replace("public sealed partial class CreateOrderSaga", "public sealed class CreateOrderSaga"));

        Assert.DoesNotContain("Placing.CreateOrderSaga.Saga.g.cs", run.Files.Keys);
        Assert.Contains("Count", run.Files["Placing.PlacingDb.Sagas.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Complaints);
    }

    private static GeneratorRun Edited(int file, Func<string, string> edit)
    {
        var project = Fixture.Project(Fixture.Source("Sagas"), Unrelated);
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
        Assert.All(Steps, step => Assert.All(NotEmpty(run.Reasons(step)), AssertReused));
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
