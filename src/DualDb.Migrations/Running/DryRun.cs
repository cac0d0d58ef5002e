using DualDb.Errors;
using DualDb.Migrations.Files;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Runs a plan in one transaction for each database, and rolls both back.</summary>
/// <param name="databases">The connections of the run.</param>
/// <param name="options">The options.</param>
internal sealed class DryRun(RunDatabases databases, MigrationOptions options)
{
    /// <summary>A value that was added to an enum is used before it is committed.</summary>
    private const string UnsafeNewEnumValue = "55P04";

    private readonly List<MigrationId> _tried = [];
    private readonly List<SkippedStatement> _notRun = [];

    /// <summary>Runs it.</summary>
    /// <exception cref="MigrationFailedException">A statement failed.</exception>
    public async Task<MigrationDryRun> RunAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        var neon = await databases.Neon.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var neonEnding = neon.ConfigureAwait(false);
        var supabase = await databases.Supabase.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var supabaseEnding = supabase.ConfigureAwait(false);
        foreach (var planned in plan.Migrations)
        {
            DatabaseTransaction transaction = planned.Id.Database == Database.Neon ? neon : supabase;
            try
            {
                await TryAsync(transaction.Connection, planned, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw ErrorTranslator.Translate(exception, planned.Id.Database, entity: null, $"The dry run of {planned.Id}");
            }
        }

        foreach (var (seed, _) in plan.Seeding.Pending)
        {
            await TryAsync((seed.Id.Database == Database.Neon ? (DatabaseTransaction)neon : supabase).Connection, seed, cancellationToken).ConfigureAwait(false);
        }

        return new MigrationDryRun(_tried, _notRun);
    }

    private async Task TryAsync(NpgsqlConnection connection, Seed seed, CancellationToken cancellationToken)
    {
        try
        {
            await SessionSettings.BeginTransactionAsync(options, connection, timeout: null, cancellationToken).ConfigureAwait(false);
            await Seeding.SendAsync(connection, seed, options.Probe, cancellationToken).ConfigureAwait(false);
            _tried.Add(seed.Id);
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, seed.Id.Database, entity: null, $"The dry run of {seed.Id}");
        }
    }

    private async Task TryAsync(NpgsqlConnection connection, PlannedMigration planned, CancellationToken cancellationToken)
    {
        if (planned.Migration is not SqlMigration migration)
        {
            _notRun.Add(new SkippedStatement(planned.Id, null));
            return;
        }

        await SessionSettings.BeginTransactionAsync(options, connection, migration.Timeout, cancellationToken).ConfigureAwait(false);
        var isTried = false;
        foreach (var (statement, index) in migration.Up.SelectMany(static segment => segment.Statements).Select(static (statement, index) => (statement, index)).Skip(planned.Done))
        {
            var isDone = (statement.IsTransactional || statement.Kind == Files.Sql.StatementKind.Batched) && await TryAsync(connection, migration, index, statement, cancellationToken).ConfigureAwait(false);
            isTried |= isDone;
            if (!isDone)
            {
                _notRun.Add(new SkippedStatement(planned.Id, index + 1));
            }
        }

        if (isTried)
        {
            _tried.Add(planned.Id);
        }
    }

    private static async Task<bool> TryAsync(NpgsqlConnection connection, SqlMigration migration, int index, Files.Sql.SqlStatement statement, CancellationToken cancellationToken)
    {
        await SessionSettings.ExecuteAsync(connection, "savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
        try
        {
            await SessionSettings.ExecuteAsync(connection, statement.Text, cancellationToken).ConfigureAwait(false);
            await SessionSettings.ExecuteAsync(connection, "release savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException early) when (early.SqlState is UnsafeNewEnumValue)
        {
            await SessionSettings.ExecuteAsync(connection, "rollback to savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (PostgresException refused)
        {
            throw StatementFailure.Of(migration, index, statement, refused, kept: false);
        }
    }
}
