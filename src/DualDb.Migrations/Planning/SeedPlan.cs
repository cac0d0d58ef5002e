using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Which files of rows are to be run.</summary>
/// <param name="Pending">Those that were not, with the hashes of their texts, in order.</param>
/// <param name="Changed">Those that were, and have another text now.</param>
internal sealed record SeedPlan(IReadOnlyList<(Seed Seed, string Checksum)> Pending, IReadOnlyList<MigrationId> Changed)
{
    public static SeedPlan None { get; } = new([], []);

    public IReadOnlyList<MigrationId> Ids => [.. Pending.Select(static pending => pending.Seed.Id)];

    /// <summary>Compares the files that are asked for, or that the run was to run that broke off, with what was run; one round trip for each database that has any.</summary>
    public static async Task<SeedPlan> MakeAsync(DualDbMigrations migrations, PostgresDatabase neon, PostgresDatabase supabase, MigrationOptions options, RunRow? unfinished, CancellationToken cancellationToken)
    {
        var wanted = migrations.Seeds.Where(seed => options.Seeds || (unfinished is not null && PlanSteps.Holds(unfinished, seed.Id))).ToList();
        if (wanted.Count == 0)
        {
            return None;
        }

        var kinds = wanted.Select(static seed => seed.Id.Database).ToHashSet();
        var parts = await Task.WhenAll(new[] { neon, supabase }.Where(database => kinds.Contains(database.Kind)).Select(database => SeedHistory.ReadAsync(database, cancellationToken))).ConfigureAwait(false);
        var done = parts.SelectMany(static part => part).ToDictionary(static row => row.Key, static row => row.Value);
        var all = wanted.Select(static seed => (Seed: seed, Checksum: seed.Checksum())).ToList();
        return new SeedPlan(
            [.. all.Where(one => !done.ContainsKey(one.Seed.Id))],
            [.. all.Where(one => done.TryGetValue(one.Seed.Id, out var checksum) && !string.Equals(checksum, one.Checksum, StringComparison.Ordinal)).Select(static one => one.Seed.Id)]);
    }

    /// <summary>What of it a run was to run as well. Where an earlier version began that, nobody knows, and it is all that is asked for.</summary>
    public SeedPlan OfRun(RunRow? run) => run is null or { IsCompensating: true } ? None : run.Steps is null ? this : this with { Pending = [.. Pending.Where(pending => PlanSteps.Holds(run, pending.Seed.Id))] };

    /// <summary>What of it is in an earlier plan as well: nothing is run that the caller has not seen.</summary>
    public SeedPlan Narrow(SeedPlan callers) => this with { Pending = [.. Pending.Where(pending => callers.Pending.Any(known => known.Seed.Id == pending.Seed.Id && string.Equals(known.Checksum, pending.Checksum, StringComparison.Ordinal)))] };
}
