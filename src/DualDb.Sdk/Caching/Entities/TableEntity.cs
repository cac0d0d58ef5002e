using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>The table of an entity as the cache names it.</summary>
internal static class TableEntity
{
    /// <summary>The table with its database: entities that share it fall together.</summary>
    public static string SubjectOf(EntityInfo entity) => $"{(entity.Database == Database.Neon ? "neon" : "supabase")}.{entity.Schema}.{entity.Table}";
}
