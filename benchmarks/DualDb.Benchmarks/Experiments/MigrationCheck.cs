using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Migrations;

namespace DualDb.Benchmarks.Experiments;

/// <summary>What a start costs where all migrations are applied: files read, both histories compared, nothing to do. Both databases are a delay away.</summary>
internal sealed class MigrationCheck : IExperiment
{
    private const int Migrations = 200;

    public IReadOnlyList<string> Ids { get; } = ["migrate_noop"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dualdb-benchmark-").FullName;
        try
        {
            Write(folder);
            await laboratory.Db.Migrations(DualDbMigrations.FromFolder(folder)).MigrateAsync(cancellationToken);
            await using var distant = await DistantShop.OpenAsync(laboratory, cancellationToken);
            var contest = new Contest(1, warmUp: TimeSpan.FromSeconds(2), duration: TimeSpan.FromSeconds(6), leastRounds: 21);
            var result = await contest.RunAsync(
                cancellationToken,
                new Contestant("start", async (_, _) => await distant.Db.Migrations(DualDbMigrations.FromFolder(folder)).MigrateAsync(cancellationToken)),
                new Contestant("two round trips", async (_, _) =>
                {
                    await distant.Db.Neon.ExecuteAsync($"select 1", cancellationToken);
                    await distant.Db.Neon.ExecuteAsync($"select 1", cancellationToken);
                }));
            return [new("migrate_noop", result.TimeRatio("start", "two round trips")) { Note = Note.Both(result, "start", "two round trips") }];
        }
        finally
        {
            await laboratory.Db.Neon.ExecuteAsync($"drop table if exists dualdb.migrations, dualdb.migration_lock, dualdb.migration_runs", CancellationToken.None);
            await laboratory.Db.Supabase.ExecuteAsync($"drop table if exists dualdb.migrations, dualdb.migration_lock, dualdb.migration_runs", CancellationToken.None);
            await laboratory.Db.Neon.ExecuteAsync($"delete from dualdb.schema_versions where module = 'migrations'", CancellationToken.None);
            await laboratory.Db.Supabase.ExecuteAsync($"delete from dualdb.schema_versions where module = 'migrations'", CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder)
    {
        foreach (var database in (string[])["neon", "supabase"])
        {
            Directory.CreateDirectory(Path.Combine(folder, database));
            for (var number = 0; number < Migrations / 2; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"20260101T{number / 60:00}{number % 60:00}_nothing.sql");
                File.WriteAllText(Path.Combine(folder, database, name), "select 1;\nselect 2;\n-- down: none\n");
            }
        }
    }
}
