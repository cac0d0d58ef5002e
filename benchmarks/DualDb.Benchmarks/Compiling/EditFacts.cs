using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Benchmarks.Compiling;

/// <summary>What the generator does again after an edit, by the reasons that the compiler gives for each step. Numbers of times, not times: they are exact.</summary>
/// <param name="ParsedAfterUnrelatedEdit">How many entities changed or were new after an edit of a file without entities; must be 0.</param>
/// <param name="WrittenAfterUnrelatedEdit">How many files were written again; must be 0.</param>
/// <param name="WrittenAfterOwnEdit">How many files were written again after an edit of one entity; must be 1.</param>
internal sealed record EditFacts(int ParsedAfterUnrelatedEdit, int WrittenAfterUnrelatedEdit, int WrittenAfterOwnEdit)
{
    private const string EntityStep = "Entity";

    /// <summary>What does not hold; null where all does.</summary>
    public string? Fault
        => this == new EditFacts(ParsedAfterUnrelatedEdit: 0, WrittenAfterUnrelatedEdit: 0, WrittenAfterOwnEdit: 1) ? null : "An edit makes the generator do more than it concerns.";

    public static EditFacts Of(SyntheticProject project, CancellationToken cancellationToken)
    {
        var compilation = project.Parse(cancellationToken);
        var first = GeneratorDrivers.New(tracksSteps: true).RunGenerators(compilation, cancellationToken);
        var unrelated = Rerun(first, compilation, project.Sources.Count - 1, "=> 1", "=> 2", cancellationToken);
        var own = Rerun(first, compilation, 0, "decimal Total", "long Total", cancellationToken);
        return new EditFacts(
            Renewed(unrelated.TrackedSteps.Where(static step => string.Equals(step.Key, EntityStep, StringComparison.Ordinal)).SelectMany(static step => step.Value)),
            Renewed(unrelated.TrackedOutputSteps.SelectMany(static step => step.Value)),
            Renewed(own.TrackedOutputSteps.SelectMany(static step => step.Value)));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"an unrelated edit: {ParsedAfterUnrelatedEdit} entities, {WrittenAfterUnrelatedEdit} files anew; an edit of one: {WrittenAfterOwnEdit} file anew");

    private static GeneratorRunResult Rerun(GeneratorDriver driver, CSharpCompilation compilation, int file, string old, string @new, CancellationToken cancellationToken)
    {
        var tree = compilation.SyntaxTrees[file];
        var source = tree.ToString();
        var edited = source.Replace(old, @new, StringComparison.Ordinal);
        if (string.Equals(edited, source, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"File {file} holds no '{old}' to edit.");
        }

        var after = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, SyntheticProject.Parsing, tree.FilePath, cancellationToken: cancellationToken));
        return driver.RunGenerators(after, cancellationToken).GetRunResult().Results.Single();
    }

    private static int Renewed(IEnumerable<IncrementalGeneratorRunStep> runs)
        => runs.SelectMany(static run => run.Outputs).Count(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
}
