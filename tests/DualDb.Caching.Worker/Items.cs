using System.Globalization;

namespace DualDb.Caching.Worker;

/// <summary>The rows that all workers share.</summary>
internal static class Items
{
    public const int Stands = 2;

    /// <summary>The first half of the items stay where they are; the others move between stands.</summary>
    public const int FirstMovable = 5;

    public static readonly long[] Keys = [1, 2, 3, 4, 5, 6, 7, 8];

    public static string CodeOf(long key) => "code" + key.ToString(CultureInfo.InvariantCulture);

    public static int StandOf(long key) => (int)(key % Stands);

    public static async Task CreateAsync(WorkerDb db)
    {
        await db.CreateTablesAsync();
        await db.Stands.InsertManyAsync([.. Enumerable.Range(0, Stands).Select(static id => new Stand(id, "stand"))]);
        await db.Items.InsertManyAsync([.. Keys.Select(static key => new Item { Id = key, Code = CodeOf(key), StandId = StandOf(key), Name = "first" })]);
    }

    public static async Task ReadAllAsync(WorkerDb db)
    {
        foreach (var key in Keys)
        {
            await db.Items.GetAsync(key);
        }
    }
}
