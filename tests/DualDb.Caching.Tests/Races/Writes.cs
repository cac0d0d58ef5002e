namespace DualDb.Caching.Tests.Races;

/// <summary>The ways in which a row changes while somebody reads it. Each leaves the row with the name <c>new</c>, but for a rollback.</summary>
internal static class Writes
{
    public static readonly IReadOnlyDictionary<string, Func<StoreDb, Product, Task>> All = new Dictionary<string, Func<StoreDb, Product, Task>>(StringComparer.Ordinal)
    {
        ["invalidate"] = static async (db, old) =>
        {
            await db.Neon.ExecuteAsync($"update products set name = 'new' where id = {old.Id}");
            await db.Cache.InvalidateAsync<Product>(old.Id);
        },
        ["update"] = static (db, old) => db.Products.UpdateAsync(old with { Name = "new" }),
        ["delete"] = static (db, old) => db.Products.DeleteAsync(old.Id),
        ["upsert"] = static (db, old) => db.Products.UpsertAsync(old with { Name = "new" }),
        ["query update"] = static (db, old) => db.Products.Where(p => p.Id == old.Id).UpdateAsync(set => set.Name("new")),
        ["patch"] = static (db, old) => db.Products.PatchAsync(old.Id, set => set.Name("new")),
        ["upsert many"] = static (db, old) => db.Products.UpsertManyAsync([old with { Name = "new" }]),
        ["query delete"] = static (db, old) => db.Products.Where(p => p.Id == old.Id).DeleteAsync(),
        ["commit"] = static async (db, old) =>
        {
            await using var transaction = await db.BeginNeonAsync();
            await db.Products.UpdateAsync(old with { Name = "new" }, transaction);
            await transaction.CommitAsync();
        },
        ["rollback"] = static async (db, old) =>
        {
            await using var transaction = await db.BeginNeonAsync();
            await db.Products.UpdateAsync(old with { Name = "never" }, transaction);
            await transaction.RollbackAsync();
        },
        ["tag"] = static async (db, old) =>
        {
            await db.Neon.ExecuteAsync($"update products set name = 'new' where id = {old.Id}");
            await db.Cache.InvalidateTagAsync("catalogue");
        },
        ["invalidate all"] = static async (db, old) =>
        {
            await db.Neon.ExecuteAsync($"update products set name = 'new' where id = {old.Id}");
            await db.Cache.InvalidateAsync<Product>();
        },
    };

    /// <summary>What is to be read after a write.</summary>
    public static string? NameAfter(string write) => write switch
    {
        "delete" or "query delete" => null,
        "rollback" => "old",
        _ => "new",
    };
}
