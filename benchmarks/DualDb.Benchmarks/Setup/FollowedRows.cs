using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Setup;

/// <summary>Rows that are carried to the other database.</summary>
internal static class FollowedRows
{
    /// <summary>Installs the synchronisation, and empties what it is about.</summary>
    public static async Task PrepareAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await laboratory.Db.Sync.InstallAsync(cancellationToken);
        await laboratory.Db.Neon.ExecuteAsync($"delete from bench.followed", cancellationToken);
    }

    /// <summary>Inserts one row.</summary>
    public static Task InsertAsync(ShopDb db, long id, CancellationToken cancellationToken)
        => db.Neon.ExecuteAsync(
            $"insert into bench.followed (id, user_id, kind, place, at, amount, succeeded, device) values ({id}, gen_random_uuid(), 3, 'Porto', '2026-01-01', 12.5, true, 'phone')", cancellationToken);

    /// <summary>Inserts many, in one statement.</summary>
    public static Task FillAsync(ShopDb db, long first, int count, CancellationToken cancellationToken)
        => db.Neon.ExecuteAsync(
            $"""
            insert into bench.followed (id, user_id, kind, place, at, amount, succeeded, device)
            select n, gen_random_uuid(), 3, 'Porto', '2026-01-01', n / 100.0, true, 'phone ' || n from generate_series({first}, {first + count - 1}) n
            """,
            cancellationToken);
}
