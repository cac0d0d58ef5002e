using DualDb;
using DualDb.Migrations;

namespace Storefront.Setup;

/// <summary>The schema "storefront" in both databases: the sample's own, made afresh on every run.</summary>
internal static class Schema
{
    /// <summary>Drops what an earlier run left behind, and leaves an empty schema in both databases.</summary>
    /// <exception cref="InvalidOperationException">A schema of this name belongs to somebody else.</exception>
    public static Task ResetAsync(ShopDb db, CancellationToken cancellationToken)
        => Task.WhenAll(ResetAsync(db.Neon, cancellationToken), ResetAsync(db.Supabase, cancellationToken));

    private static async Task ResetAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        await RefuseForeignAsync(database, cancellationToken);
        await ForgetAsync(database, cancellationToken);

        // One statement, and so one transaction: a schema without its mark would be taken for somebody else's.
        await database.ExecuteAsync(
            $"""
            do $reset$
            begin
                drop schema if exists storefront cascade;
                create schema storefront;
                comment on schema storefront is 'DualDb.Sdk sample Storefront: dropped and created again on every run';
            end
            $reset$
            """,
            cancellationToken);
    }

    // What has created the tables is to be applied again once they are dropped. An application's own migrations stay recorded.
    private static async Task ForgetAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        if (await database.ExecuteScalarAsync<bool>($"select to_regclass('dualdb.migrations') is not null", cancellationToken))
        {
            string[] names = [.. DualDbMigrations.FromAssembly(typeof(ShopDb).Assembly).Ids.Where(id => id.Database == database.Kind).Select(static id => id.Name)];
            await database.ExecuteAsync($"delete from dualdb.migrations where name = any({names})", cancellationToken);
        }
    }

    private static async Task RefuseForeignAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var isOurs = await database.ExecuteScalarAsync<bool?>(
            $"""
            select coalesce(pg_catalog.obj_description(oid, 'pg_namespace'), '') like 'DualDb.Sdk sample Storefront%'
            from pg_catalog.pg_namespace
            where nspname = 'storefront'
            """,
            cancellationToken);
        if (isOurs is false)
        {
            throw new InvalidOperationException(
                $"{database.Kind} already has a schema named storefront that this sample did not create, so it is left alone. Rename it, or use another database.");
        }
    }
}
