using DualDb.Generators.Parsing;
using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests;

/// <summary>
/// A faulty model is told apart by its kind, and what is generated beside it compiles: the fault is one error for the user, not many.
/// </summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("public string? Tag { get; private set; }")]
    [InlineData("[DualDb.CreatedAt] public System.DateTimeOffset CreatedAt { get; private set; }")]
    [InlineData("[DualDb.Version] public int Version { get; private protected set; }")]
    public void A_column_that_a_base_of_another_project_hides_is_never_dropped_in_silence(string member)
    {
        var library = Fixture.Project($"namespace Library; public abstract class Base {{ [DualDb.Key] public int Id {{ get; set; }} {member} public string Computed => \"\"; }}");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var project = Fixture.Project(
            "Application", ["[DualDb.Neon] public partial class E : Library.Base;"], [MetadataReference.CreateFromImage(image.ToArray())]);

        Assert.Equal(["MemberCannotBeSet"], Problems.Of(project));
    }

    [Theory]
    [InlineData("NoKey", "[Neon] public partial class E { public int Id { get; set; } }")]
    [InlineData("BothDatabases", "[Neon, Supabase] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("NotPartial", "[Neon] public class E { [Key] public int Id { get; set; } }")]
    [InlineData("NotPartial", "public class Outer { [Neon] public partial class E { [Key] public int Id { get; set; } } }")]
    [InlineData("GenericType", "[Neon] public partial class E<T> { [Key] public int Id { get; set; } }")]
    [InlineData("GenericType", "public partial class Outer<T> { [Neon] public partial class E { [Key] public int Id { get; set; } } }")]
    [InlineData("StaticType", "[Neon] public static partial class E { }")]
    [InlineData("AbstractType", "[Neon] public abstract partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("InaccessibleType", "[Neon] file partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("InaccessibleType", "public partial class Outer { [Neon] private partial class E { [Key] public int Id { get; set; } } }")]
    [InlineData("InaccessibleType", "public partial class Outer { [Neon] protected partial class E { [Key] public int Id { get; set; } } }")]
    [InlineData("InvalidName", "[Neon(\"\")] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("InvalidName", "[Neon(Schema = \"a\\nb\")] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("InvalidName", "[Neon(Set = \"my set\")] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("InvalidName", "[Neon] public partial class E { [Key, Column(\"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmn\")] public int Id { get; set; } }")]
    [InlineData("NoUsableConstructor", "[Neon] public partial class E { public E(int id, object other) { Id = id; } [Key] public int Id { get; } }")]
    [InlineData("RequiredMemberNotMapped", "[Neon] public partial class E { [Key] public int Id { get; set; } [NotMapped] public required object O { get; set; } }")]
    [InlineData("RequiredMemberNotMapped", "[Neon] public partial class E { [Key] public int Id { get; set; } public required int Field; }")]
    [InlineData("GeneratedNameTaken", "public class EMap; [Neon] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("GeneratedNameTaken", "public class ERepository; [Neon] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("GeneratedNameTaken", "public interface IERepository; [Neon] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("SetNameReserved", "[Neon(Set = \"CreateTablesAsync\")] public partial class E { [Key] public int Id { get; set; } }")]
    [InlineData("UnsupportedMemberType", "[Neon] public partial class E { [Key] public int Id { get; set; } public object? O { get; set; } }")]
    [InlineData("UnsupportedMemberType", "[Neon] public partial class E { [Key] public int Id { get; set; } public int[][]? O { get; set; } }")]
    [InlineData("UnsupportedMemberType", "[Neon] public partial class E { [Key] public int Id { get; set; } public System.Collections.Generic.Dictionary<string, string>? O { get; set; } }")]
    [InlineData("UnsupportedColumnType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column(Type = \"uuid\")] public int O { get; set; } }")]
    [InlineData("UnsupportedColumnType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column(Type = \"integer; drop table x\")] public int O { get; set; } }")]
    [InlineData("UnsupportedColumnType", "[Neon] public partial class E { [Key, Column(Type = \"bigserial\")] public long Id { get; set; } }")]
    [InlineData("UnsupportedColumnType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column(Type = \"text\")] public string[]? O { get; set; } }")]
    [InlineData("UnsupportedColumnType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column(Type = \"varchar(0)\")] public string? O { get; set; } }")]
    [InlineData("InaccessibleMemberType", "[Neon] public partial class E { private enum P { A } [Key] public int Id { get; set; } [Column] private P O { get; set; } }")]
    [InlineData("InaccessibleMemberType", "internal enum P { A } [Neon] public partial class E { [Key] internal P Id { get; set; } }")]
    [InlineData("MemberCannotBeSet", "[Neon] public partial class E { [Key] public int Id { get; set; } public int O { get; } }")]
    [InlineData("MemberCannotBeSet", "public class B { public int O { get; private set; } } [Neon] public partial class E : B { [Key] public int Id { get; set; } }")]
    [InlineData("MemberCannotBeSet", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column] public int O => 3; }")]
    [InlineData("MemberCannotBeRead", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column] public int O { set { } } }")]
    [InlineData("MemberCannotBeUsed", "[Neon] public partial class E { [Key] public int Id { get; set; } [System.Obsolete(\"\", true)] public int O { get; set; } }")]
    [InlineData("DuplicateColumn", "[Neon] public partial class E { [Key] public int Id { get; set; } [Column(\"id\")] public int O { get; set; } }")]
    [InlineData("DuplicateColumn", "[Neon] public partial class E { [Key] public int OrderId { get; set; } public int Order_Id { get; set; } }")]
    [InlineData("ConflictingAttributes", "[Neon] public partial class E { [Key, Version] public int Id { get; set; } }")]
    [InlineData("DuplicateAttribute", "[Neon] public partial class E { [Key] public int Id { get; set; } [Version] public int V { get; set; } [Version] public int W { get; set; } }")]
    [InlineData("UnsupportedKeyType", "[Neon] public partial class E { [Key] public int? Id { get; set; } }")]
    [InlineData("UnsupportedKeyType", "[Neon] public partial class E { [Key] public byte[] Id { get; set; } = []; }")]
    [InlineData("UnsupportedKeyType", "[Neon] public partial class E { [Key] public int[] Id { get; set; } = []; }")]
    [InlineData("UnsupportedGeneratedKeyType", "[Neon] public partial class E { [Key(Generated = true)] public string Id { get; set; } = \"\"; }")]
    [InlineData("UnsupportedGeneratedKeyType", "[Neon] public partial class E { [Key(Generated = true)] public System.DayOfWeek Id { get; set; } }")]
    [InlineData("GeneratedCompositeKey", "[Neon] public partial class E { [Key(Generated = true)] public int A { get; set; } [Key] public int B { get; set; } }")]
    [InlineData("ReferenceToNonEntity", "[Neon] public partial class E { [Key] public int Id { get; set; } [References<string>] public int O { get; set; } }")]
    [InlineData("ReferenceToOtherKeyType", "[Neon] public partial class E { [Key] public int Id { get; set; } [References<E>] public long O { get; set; } }")]
    [InlineData("ReferenceToCompositeKey", "[Neon] public partial class C { [Key] public int A { get; set; } [Key] public int B { get; set; } } [Neon] public partial class E { [Key] public int Id { get; set; } [References<C>] public int O { get; set; } }")]
    [InlineData("VersionType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Version] public string V { get; set; } = \"\"; }")]
    [InlineData("VersionType", "[Neon] public partial class E { [Key] public int Id { get; set; } [Version] public int? V { get; set; } }")]
    [InlineData("TimestampType", "[Neon] public partial class E { [Key] public int Id { get; set; } [CreatedAt] public System.DateOnly V { get; set; } }")]
    [InlineData("TimestampType", "[Neon] public partial class E { [Key] public int Id { get; set; } [UpdatedAt] public int V { get; set; } }")]
    [InlineData("SoftDeleteType", "[Neon] public partial class E { [Key] public int Id { get; set; } [SoftDelete] public System.DateTimeOffset V { get; set; } }")]
    [InlineData("SoftDeleteType", "[Neon] public partial class E { [Key] public int Id { get; set; } [SoftDelete] public bool? V { get; set; } }")]
    [InlineData("JsonbNeedsContext", "[Neon] public partial class E { [Key] public int Id { get; set; } [Jsonb] public System.Version? V { get; set; } }")]
    [InlineData("JsonbNotAContext", "[Neon] public partial class E { [Key] public int Id { get; set; } [Jsonb(typeof(string))] public System.Version? V { get; set; } }")]
    [InlineData("JsonbTypeNotListed", "[System.Text.Json.Serialization.JsonSerializable(typeof(int))] public partial class Ctx : System.Text.Json.Serialization.JsonSerializerContext; [Neon] public partial class E { [Key] public int Id { get; set; } [Jsonb(typeof(Ctx))] public System.Version? V { get; set; } }")]
    [InlineData("StoredAsTextNotEnum", "[Neon] public partial class E { [Key] public int Id { get; set; } [StoredAsText] public int V { get; set; } }")]
    [InlineData("RootNotPartial", "[DualDatabase] public class Root;")]
    [InlineData("RootShape", "[DualDatabase] public partial class Root<T>;")]
    [InlineData("RootShape", "[DualDatabase] public static partial class Root;")]
    [InlineData("RootShape", "[DualDatabase] public abstract partial class Root;")]
    [InlineData("RootShape", "[DualDatabase] public partial record Root;")]
    [InlineData("RootShape", "public partial class Outer { [DualDatabase] public partial class Root; }")]
    [InlineData("RootShape", "[DualDatabase] file partial class Root;")]
    [InlineData("RootConstructor", "[DualDatabase] public partial class Root(int number) { public int Number => number; }")]
    [InlineData("RootConstructor", "public class Base { protected Base(int number) { } } [DualDatabase] public partial class Root : Base { }")]
    public void A_fault_is_found_and_adds_no_error_of_the_compilers(string kind, string source)
    {
        var project = Fixture.Project("using DualDb; namespace Shop; " + source);
        Assert.Contains(kind, Problems.Of(project));

        var before = Errors(project.GetDiagnostics());
        var after = Errors(GeneratorRun.Of(project).Output.GetDiagnostics());

        // The framework's generator may mend errors, as of a JSON context; ours adds none.
        Assert.Empty(after.Except(before));
    }

    [Theory]
    [InlineData("[Neon] public partial class E { public int Id { get; set; } }", "object")]
    [InlineData("[Neon] public partial class E { [Key] public int Id { get; set; } public object? O { get; set; } }", "int")]
    [InlineData("[Neon] public class E { [Key] public int Id { get; set; } }", "int")]
    public void Code_that_uses_a_faulty_entity_keeps_compiling(string source, string key)
    {
        var project = Fixture.Project($$"""
            using DualDb;
            namespace Shop;
            {{source}}
            [DualDatabase] public partial class Root;
            public static class Use
            {
                public static async System.Threading.Tasks.Task Run(Root root, IERepository repository, {{key}} key)
                {
                    E? found = await root.Es.FindAsync(key);
                    await repository.InsertAsync(found!);
                }
            }
            """);

        Assert.Empty(GeneratorRun.Of(project).Complaints);
    }

    [Fact]
    public void A_type_that_the_compiler_does_not_know_is_left_to_the_compiler()
    {
        var project = Fixture.Project("using DualDb; namespace Shop; [Neon] public partial class E { [Key] public int Id { get; set; } public Missing? O { get; set; } }");

        Assert.Empty(Problems.Of(project));
        Assert.Equal(["CS0246"], Errors(GeneratorRun.Of(project).Output.GetDiagnostics()));
    }

    [Fact]
    public void Of_two_entities_with_one_set_name_one_keeps_it()
    {
        var project = Fixture.Project("""
            using DualDb;
            namespace One { [Neon("a")] public partial class Order { [Key] public int Id { get; set; } } }
            namespace Two { [Neon("b")] public partial class Order { [Key] public int Id { get; set; } } }
            """);

        var run = GeneratorRun.Of(project);

        Assert.Empty(run.Complaints);
        Assert.Contains("global::One.IOrderRepository Orders { get; }", run.Files["Project.DualDatabase.g.cs"]);
        Assert.DoesNotContain("global::Two.IOrderRepository", run.Files["Project.DualDatabase.g.cs"]);
    }

    [Fact]
    public void A_set_whose_name_the_root_uses_is_left_out()
    {
        var run = GeneratorRun.Of(Fixture.Project("""
            using DualDb;
            namespace Shop;
            [Neon(Set = "Root")] public partial class E { [Key] public int Id { get; set; } }
            [Neon(Set = "Mine")] public partial class F { [Key] public int Id { get; set; } }
            [DualDatabase] public partial class Root { public int Mine => 1; }
            """));

        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void Two_roots_both_compile()
    {
        var run = GeneratorRun.Of(Fixture.Project("""
            using DualDb;
            namespace One { [DualDatabase] public partial class Root; }
            namespace Two { [DualDatabase] public partial class Root; [Neon] public partial class E { [Key] public int Id { get; set; } } }
            """));

        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void An_older_language_version_gets_interfaces_alone()
    {
        var run = GeneratorRun.Of(OlderProject(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp10));

        Assert.Empty(run.Complaints);
        Assert.NotNull(run.Output.GetTypeByMetadataName("Shop.IERepository"));
        Assert.NotNull(run.Output.GetTypeByMetadataName("Project.IDualDatabase"));
        Assert.Null(run.Output.GetTypeByMetadataName("Shop.EMap"));
    }

    [Fact]
    public void A_language_version_older_still_gets_nothing()
        => Assert.Empty(GeneratorRun.Of(OlderProject(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp9)).Files);

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation OlderProject(Microsoft.CodeAnalysis.CSharp.LanguageVersion version)
    {
        var project = Fixture.Project(
            "Project", ["using DualDb; namespace Shop { [Neon] public partial class E { [Key] public int Id { get; set; } } }"], [], version);
        Assert.True(ProjectParser.IsLanguageTooOld(project));
        return project;
    }

    private static IReadOnlyList<string> Errors(IEnumerable<Diagnostic> diagnostics)
        => [.. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Id).Order(StringComparer.Ordinal)];
}
