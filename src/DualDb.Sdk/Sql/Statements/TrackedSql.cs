using DualDb.Mapping;

namespace DualDb.Sql.Statements;

/// <summary>The SQL of an entity with what tracking its writes adds.</summary>
internal static class TrackedSql<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    // A row that has just been inserted has no xmax; one that an upsert has updated carries the lock that it took.
    private const string WasInserted = ", xmax = 0";

    // What an update takes as well: it shuts out other writers, and lets those through who insert rows that refer to this one.
    private const string Lock = "\nfor no key update";

    public static readonly string SelectByKey = TMap.SelectByKey + Lock;

    public static readonly string SelectByKeys = TMap.SelectByKeys + Lock;

    public static readonly string Upsert = TMap.Upsert + WasInserted;

    public static readonly string UpsertMany = TMap.UpsertMany + WasInserted;

    private static readonly string Delete = AddReturning(TMap.Delete);

    private static readonly string? HardDelete = TMap.HardDelete is { } sql ? AddReturning(sql) : null;

    /// <summary>A deletion that returns its row.</summary>
    /// <param name="sql"><see cref="IEntityMap{TEntity, TKey}.Delete"/> or <see cref="IEntityMap{TEntity, TKey}.HardDelete"/>.</param>
    public static string Returning(string sql) => string.Equals(sql, TMap.Delete, StringComparison.Ordinal) ? Delete : HardDelete!;

    private static string AddReturning(string sql) => $"{sql}\nreturning {TMap.Query.Columns}";
}
