using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Generators.Tests.Harness;

/// <summary>One run of the generator over a project.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(GeneratorDriver driver, Compilation output)
    {
        Driver = driver;
        Output = output;
        Result = driver.GetRunResult().Results.Single(static result => result.Generator.GetGeneratorType() == typeof(DualDbGenerator));
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The project with what was generated.</summary>
    public Compilation Output { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>The generated files, by their names.</summary>
    public IReadOnlyDictionary<string, string> Files
        => Result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString(), StringComparer.Ordinal);

    public static GeneratorRun Of(Compilation project, string? rootNamespace = "Project")
    {
        var parsing = (CSharpParseOptions)project.SyntaxTrees.First().Options;
        var driver = CSharpGeneratorDriver.Create(
            [new DualDbGenerator().AsSourceGenerator(), .. JsonGenerators.All],
            optionsProvider: new ProjectOptions(rootNamespace),
            parseOptions: parsing,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(driver, project);
    }

    public static GeneratorRun OfFixture(string name) => Of(Fixture.Project(Fixture.Source(name)));

    /// <summary>Runs again after an edit, with what this run remembers.</summary>
    public GeneratorRun After(Compilation edited) => Run(Driver, edited);

    /// <summary>Why each output of a step was made, in order.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string step)
        => Result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(static run => run.Outputs).Select(static output => output.Reason) : [];

    /// <summary>Why each file was written, or not written again.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons
        => Result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason);

    /// <summary>What the compiler says, of generated code without exception, of the fixture all but missing documentation.</summary>
    public IReadOnlyList<Diagnostic> Complaints
        => [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            && (diagnostic.Id != "CS1591" || IsGenerated(diagnostic.Location)))];

    private static bool IsGenerated(Location location) => location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static GeneratorRun Run(GeneratorDriver driver, Compilation project)
    {
        var after = driver.RunGeneratorsAndUpdateCompilation(project, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        return new GeneratorRun(after, output);
    }
}
