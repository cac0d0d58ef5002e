using System.Globalization;
using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Preflight;

/// <summary>Looks at both databases before either is changed.</summary>
internal static class PreflightCheck
{
    /// <summary>Makes sure that both can take a plan.</summary>
    /// <param name="databases">Both databases.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">The options.</param>
    /// <param name="isTrial">Whether all of it is rolled back: then nothing is held.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="MigrationPreflightException">One cannot; all obstacles are told at once.</exception>
    public static async Task RequireAsync(RunDatabases databases, MigrationPlan plan, MigrationOptions options, bool isTrial, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(databases.Both.Select(database => LookAsync(database, plan, options, cancellationToken))).ConfigureAwait(false);
        var obstacles = found.SelectMany(static one => one.Obstacles).ToList();
        if (obstacles.Count == 0 && !isTrial)
        {
            // Only of databases that answer.
            obstacles.AddRange(await HeldAsync(databases, plan, cancellationToken).ConfigureAwait(false));
        }

        if (obstacles.Count > 0)
        {
            throw Refused(obstacles, Array.Find(found, static one => one.Cause is not null).Cause);
        }
    }

    private static async Task<IReadOnlyList<MigrationObstacle>> HeldAsync(RunDatabases databases, MigrationPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await new ContractHold(databases, databases.Clock).ObstaclesAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, databases.Neon.Kind, entity: null, "Looking how far the synchronisation is");
        }
    }

    /// <summary>What to raise where something is in the way.</summary>
    public static MigrationPreflightException Refused(IReadOnlyList<MigrationObstacle> obstacles, Exception? cause = null)
    {
        var list = string.Concat(obstacles.Select(static obstacle => $"\n- {obstacle.Database}: {obstacle.Reason}"));
        return new MigrationPreflightException($"The migrations were not begun, and neither database was changed:{list}", cause)
        {
            Database = obstacles.All(obstacle => obstacle.Database == obstacles[0].Database) ? obstacles[0].Database : null,
            Obstacles = obstacles,
        };
    }

    private static async Task<(IReadOnlyList<MigrationObstacle> Obstacles, Exception? Cause)> LookAsync(
        PostgresDatabase database, MigrationPlan plan, MigrationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var obstacles = new List<string>();
            if (plan.Migrations.Any(migration => migration.Id.Database == database.Kind && migration.LeavesTransactions)
                && (await database.GetEndpointAsync(cancellationToken).ConfigureAwait(false)).IsPooler)
            {
                obstacles.Add(
                    $"a pooler stands before it, or that could not be ruled out, and the plan holds statements that cannot run in a transaction: set MigrationOptions.{database.Kind}ConnectionString to the direct endpoint");
            }

            obstacles.AddRange(plan.Migrations.Where(migration => migration.Id.Database == database.Kind).Select(ManagedObstacle).OfType<string>());
            obstacles.AddRange((await AskAsync(database, options, cancellationToken).ConfigureAwait(false)).Obstacles(Creation.IsWithoutSchema(plan, database.Kind)));
            obstacles.AddRange(await Extensions.ObstaclesAsync(database, plan, cancellationToken).ConfigureAwait(false));
            obstacles.AddRange(await ObjectRights.ObstaclesAsync(database, plan, cancellationToken).ConfigureAwait(false));
            obstacles.AddRange(await MoveRights.ObstaclesAsync(database, plan, cancellationToken).ConfigureAwait(false));
            return ([.. obstacles.Select(reason => new MigrationObstacle(database.Kind, reason))], null);
        }
        catch (Exception exception) when (exception is DualDbException or NpgsqlException)
        {
            var told = ErrorTranslator.Translate(exception, database.Kind, entity: null, "The look at the database");
            return ([new MigrationObstacle(database.Kind, told.Message)], told);
        }
    }

    private static string? ManagedObstacle(PlannedMigration planned)
        => planned.Migration is SqlMigration migration && ManagedSchemas.FirstIn(migration) is { } statement
            ? string.Create(CultureInfo.InvariantCulture, $"{migration.Source}({statement.Line}) changes a schema that Supabase looks after: move the object into a schema of your own, or write '-- accept: {LintRules.ManagedSchema}' and the reason into the header")
            : null;

    // A compute that was suspended may refuse the first connection while it wakes.
    private static async Task<DatabaseFindings> AskAsync(PostgresDatabase database, MigrationOptions options, CancellationToken cancellationToken)
        => await database.RetriesFor(writes: false).ExecuteAsync(async token => await AskOnceAsync(database, options, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static async Task<DatabaseFindings> AskOnceAsync(PostgresDatabase database, MigrationOptions options, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        return await DatabaseFindings.ReadAsync(connection, options.LongestTransaction, cancellationToken).ConfigureAwait(false);
    }
}
