using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests;

/// <summary>Two files of the same name, whatever the case, would end all output (CS8785).</summary>
public sealed class HintNameTests
{
    [Fact]
    public void Names_that_differ_only_in_case_get_files_of_their_own()
    {
        var run = GeneratorRun.Of(Fixture.Project("""
            using DualDb;
            namespace Shop
            {
                [Neon("a", Set = "A")] public partial class Order { [Key] public int Id { get; set; } }
                [Neon("b", Set = "B")] public partial class ORDER { [Key] public int Id { get; set; } }
                [Supabase("c", Set = "C")] public partial class OrdeR { [Key] public int Id { get; set; } }
            }

            namespace shop
            {
                [Supabase("d", Set = "D")] public partial class Order { [Key] public int Id { get; set; } }
            }
            """));

        Assert.Empty(run.Complaints);
        Assert.Equal(4 + 3, run.Files.Count);
        Assert.Equal(run.Files.Count, run.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_same_name_in_two_namespaces_and_nested_gets_files_of_its_own()
    {
        var run = GeneratorRun.Of(Fixture.Project("""
            using DualDb;
            namespace One { [Neon("a", Set = "A")] public partial class Order { [Key] public int Id { get; set; } } }
            namespace Two { [Neon("b", Set = "B")] public partial class Order { [Key] public int Id { get; set; } } }
            namespace Two
            {
                public partial class Outer { [Neon("c", Set = "C")] public partial class Order { [Key] public int Id { get; set; } } }
                public partial class Other { [Neon("d", Set = "D")] public partial class Order { [Key] public int Id { get; set; } } }
            }
            """));

        Assert.Empty(run.Complaints);
        Assert.Superset(new HashSet<string> { "One.Order.g.cs", "Two.Order.g.cs", "Two.Outer.Order.g.cs", "Two.Other.Order.g.cs" }, run.Files.Keys.ToHashSet());
    }

    [Fact]
    public void Letters_beyond_latin_are_kept_and_other_signs_replaced()
    {
        var run = GeneratorRun.Of(Fixture.Project("""
            using DualDb;
            namespace Größe { [Neon] public partial class Straße\u0301 { [Key] public int Id { get; set; } } }
            """));

        Assert.Empty(run.Complaints);
        Assert.Contains(run.Files.Keys, static name => name.StartsWith("Größe.Straße", StringComparison.Ordinal));
    }
}
