using System.Reflection;
using DualDb.Mapping;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>Finds the generated facts of an entity where a referencing project would: by the attributes of its assembly.</summary>
internal static class EntityFacts
{
    public static EntityInfo Of(Type entity)
    {
        var attribute = entity.Assembly.GetCustomAttributes<DualDbEntityAttribute>().Single(attribute => attribute.Entity == entity);
        return (EntityInfo)attribute.Map.GetProperty("Info", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
    }
}
