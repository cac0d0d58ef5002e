using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests;

/// <summary>Generated code compiles without a single warning at the highest level, whatever the model.</summary>
public sealed class CompilationTests
{
    public static TheoryData<string> Fixtures => [.. Fixture.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_compiles_without_a_warning(string name)
    {
        var run = GeneratorRun.OfFixture(name);

        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Complaints);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_compiles_with_the_oldest_language_version_as_well(string name)
    {
        var project = Fixture.Project("Project", [Fixture.Source(name)], [], LanguageVersion.CSharp12);

        Assert.Empty(GeneratorRun.Of(project).Complaints);
    }
}
