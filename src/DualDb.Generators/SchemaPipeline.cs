using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators;

/// <summary>The steps from entities to the schema that tools compare databases with.</summary>
internal static class SchemaPipeline
{
    // Each table is written before all are collected: an edit that changes no column ends here.
    public static IncrementalValueProvider<EquatableArray<SchemaTableSpec>> Tables(IncrementalValuesProvider<EntitySpec> neon, IncrementalValuesProvider<EntitySpec> supabase)
        => neon.Select(static (entity, _) => TableData.Of(entity)).WithTrackingName(TrackingNames.SchemaTable).Collect()
            .Combine(supabase.Select(static (entity, _) => TableData.Of(entity)).WithTrackingName(TrackingNames.SchemaTable).Collect())
            .Select(static (both, _) => Facts.Concat(both.Left, both.Right));

    public static IncrementalValuesProvider<RootSchemaSpec> Roots(
        IncrementalValuesProvider<RootFilesSpec> roots,
        IncrementalValueProvider<EquatableArray<SchemaTableSpec>> tables,
        IncrementalValueProvider<EquatableArray<SyncMapSpec>> maps,
        IncrementalValueProvider<SetsSpec> sets)
        => roots.Combine(tables).Combine(maps).Combine(sets.Select(static (all, _) => all.References.Schemas))
            .Select(static (all, _) => SchemaPlan.Of(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.RootSchema);
}
