using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators;

/// <summary>The steps from what is marked sensitive to the records whose text masks it.</summary>
internal static class SensitivePipeline
{
    // By the records themselves: of `[property: Sensitive]` on a parameter, the search by attribute finds nothing.
    public static IncrementalValuesProvider<RecordTextSpec> Records(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is RecordDeclarationSyntax record && RecordTextParser.MayBeSensitive(record),
                static (target, token) => target.SemanticModel.GetDeclaredSymbol(target.Node, token) is INamedTypeSymbol type ? RecordTextParser.Parse(type) : null)
            .Combine(project)
            .Where(static pair => pair is { Left: not null, Right.Level: EmissionLevel.Full })
            .Select(static (pair, _) => pair.Left!)

            // A record is met once for each of its parts that marks something.
            .Collect()
            .SelectMany(static (records, _) => Facts.Distinct(records))
            .WithTrackingName(TrackingNames.RecordText);

    // Apart from the files of others: a record may be an entity or an event too, and is no rival of itself.
    public static IncrementalValuesProvider<(RecordTextSpec Record, EquatableArray<string> Collisions)> Files(IncrementalValuesProvider<RecordTextSpec> records)
        => records.Combine(records.Select(static (record, _) => HintNames.Base(record.Type)).Collect().Select(static (names, _) => HintNames.Collisions(names)));
}
