using DualDb;
using DualDb.Migrations;

namespace Storefront.Tour;

/// <summary>The schemas of both databases, from files that were written from the model.</summary>
internal static class Migrating
{
    private const string Title = "Migrating";
    private const string About =
        "The files lie in migrations/neon and migrations/supabase: 'dualdb migrations add' has written them from the entities. A plan puts those of both databases into one order; what was applied is not applied again.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;

        // Somebody's own database may hold migrations that are not the sample's.
        var runner = db.Migrations(DualDbMigrations.FromAssembly(typeof(ShopDb).Assembly), static options => options.AllowMissing = true);

        var plan = await chapter.ShowAsync(database: null, () => runner.PlanAsync(cancellationToken), planned => new($"Supabase first, since Neon's requires it: plan {planned.Hash[..8]}", planned.Migrations.Count));
        await chapter.ShowAsync(database: null, () => runner.RunAsync(plan, cancellationToken), run => new(string.Join(", ", run.Applied.Select(static id => id.Database)), run.Applied.Count));
        await chapter.ShowAsync(database: null, () => runner.MigrateAsync(cancellationToken), run => new("as every later start: nothing to apply", run.Applied.Count));
        await chapter.ShowAsync(
            database: null,
            () => db.DoctorAsync(cancellationToken: cancellationToken),
            report => new(report.HasDrift ? $"differs: {report.Differences[0].Subject}" : "both databases are as the model says"));
    }
}
