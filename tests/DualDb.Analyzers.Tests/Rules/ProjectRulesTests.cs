using DualDb.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class ProjectRulesTests
{
    [Fact]
    public async Task An_older_language_version_is_refused_once()
    {
        var (compilation, expectations) = Verify.Compile(
            [
                ("B.cs", "[Neon] public sealed partial record Order([Key] long Id);"),
                ("A.cs", "public class Other { } [Supabase] public sealed partial record {|DDB900:Visit|}([Key] long Id); [DualDatabase] public partial class ShopDb { }"),
            ],
            LanguageVersion.CSharp11);
        await Verify.ReportsAsync(
            compilation,
            expectations,
            ["No repository can be generated: the project uses C# 11.0, and generated code needs C# 12.0 or newer. Remove LangVersion from the project, or raise it."]);
    }

    // A name in a signature that does not exist would make the compiler withhold DDB900, and leave nothing but "type not found".
    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    public void An_older_language_version_still_has_the_names_that_signatures_mention(LanguageVersion version)
    {
        var completed = GeneratorRun.Complete(Project.Of(
            version,
            ("A.cs", "[Supabase] public sealed partial record Visit([property: Key] long Id) { }"),
            ("B.cs", "public class Service { public Service(IVisitRepository visits, Shop.IDualDatabase db, Shop.DualDatabase root) { } }")));
        Assert.Empty(completed.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.Preview)]
    public async Task A_newer_language_version_is_fine(LanguageVersion version)
        => Assert.Empty(await AnalysisRun.RunAsync(Project.Of(version, ("A.cs", "[Neon] public sealed partial record Order([Key] long Id);"))));

    [Fact]
    public async Task An_older_language_version_without_a_model_is_fine()
        => Assert.Empty(await AnalysisRun.RunAsync(Project.Of(LanguageVersion.CSharp10, ("A.cs", "public class Order { }"))));

    [Fact]
    public async Task A_set_that_a_referenced_project_has_is_refused_here()
    {
        var (compilation, expectations) = Verify.Compile(
        [
            ("A.cs", "[{|DDB011:Neon|}] public sealed partial record Order([Key] long Id); [Neon] public sealed partial record Line([Key] long Id);"),
        ]);
        await Verify.ReportsAsync(
            compilation.AddReferences(Library("Library", "public", "Orders").ToMetadataReference()),
            expectations,
            ["'Library.Thing' gets no property on the root: its set 'Orders' is already that of 'Order'. Choose another one with Set = \"…\" in the annotation."]);
    }

    [Fact]
    public async Task Two_referenced_projects_of_one_set_are_reported_at_the_root()
    {
        var (compilation, expectations) = Verify.Compile([("A.cs", "[DualDatabase] public sealed partial class {|DDB011:ShopDb|};")]);
        await Verify.ReportsAsync(
            compilation.AddReferences(
                Library("Users", "public", "Things").ToMetadataReference(),
                Library("Goods", "public", "Things").ToMetadataReference(),
                Library("Hidden", "internal", "Things").ToMetadataReference()),
            expectations,
            ["'Users.Thing' gets no property on the root: its set 'Things' is already that of 'Goods.Thing'. Choose another one with Set = \"…\" in the annotation."]);
    }

    [Fact]
    public async Task Referenced_projects_do_not_matter_to_a_project_without_a_root()
    {
        var compilation = Project.Of(("A.cs", "public sealed class Program;")).AddReferences(
            Library("Users", "public", "Things").ToMetadataReference(),
            Library("Goods", "public", "Things").ToMetadataReference());
        Assert.Empty(await AnalysisRun.RunAsync(compilation));
    }

    // In an editor a project reference is a compilation, whose symbols have places in files that this one must not point into.
    [Fact]
    public async Task A_fault_in_a_base_class_of_another_project_is_shown_on_the_entity()
    {
        var library = Project.Of(("Row.cs", "namespace Library; public abstract class Row { [Key] public long Id { get; set; } [Column(Type = \"uuid\")] public object Tag { get; set; } = 0; }"))
            .WithAssemblyName("Library");
        var (compilation, expectations) = Verify.Compile([("A.cs", "[Neon] public sealed partial class {|DDB020:Order|} : Library.Row;")]);
        await Verify.ReportsAsync(
            compilation.AddReferences(library.ToMetadataReference()),
            expectations,
            ["'Order.Tag' cannot be stored: no column type fits 'object'. Mark it with [Jsonb(typeof(…))] to store it as JSON, or with [NotMapped] to leave it out."]);
    }

    [Fact]
    public Task The_default_root_has_a_name_too() => Verify.ReportsAsync(
        "[{|DDB053:Neon(Set = \"DualDatabase\")|}] public sealed partial record Order([Key] long Id);",
        "The root 'DualDatabase' can have no property 'DualDatabase' for 'Order': the name is taken by its own name. Rename that, or choose another set with Set = \"…\" in the annotation of 'Order'.");

    private static CSharpCompilation Library(string name, string accessibility, string set) => GeneratorRun.Complete(
        Project.Of(("Thing.cs", $"namespace {name}; [Neon(Set = \"{set}\")] {accessibility} sealed partial record Thing([property: Key] long Id);"))
            .WithAssemblyName(name));
}
