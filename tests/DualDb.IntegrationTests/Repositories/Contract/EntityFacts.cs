using System.Reflection;
using DualDb.Mapping;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>Finds the generated facts of an entity where a referencing project would: by the attributes of its assembly.</summary>
internal static class EntityFacts
{
    /// <summary>Those of the entities of these tests, and of both libraries of shapes.</summary>
    public static IEnumerable<EntityInfo> All
        => new[] { typeof(EntityFacts).Assembly, typeof(Shapes.Neon.Catalogue).Assembly, typeof(Shapes.Supabase.Catalogue).Assembly }
            .SelectMany(static assembly => assembly.GetCustomAttributes<DualDbEntityAttribute>())
            .Select(Of);

    public static EntityInfo Of(Type entity) => Of(entity.Assembly.GetCustomAttributes<DualDbEntityAttribute>().Single(attribute => attribute.Entity == entity));

    private static EntityInfo Of(DualDbEntityAttribute attribute)
        => (EntityInfo)attribute.Map.GetProperty("Info", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
}
