using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Runs a plan in one transaction for each database, and rolls both back. What cannot be tried there is passed over, and what fails because of that is not taken for a failure.</summary>
/// <param name="databases">The connections of the run.</param>
/// <param name="options">The options.</param>
internal sealed class DryRun(RunDatabases databases, MigrationOptions options)
{
    /// <summary>A value that was added to an enum is used before it is committed.</summary>
    private const string UnsafeNewEnumValue = "55P04";

    /// <summary>How often a transaction that waits is asked for something within the time that it may stand still.</summary>
    private const int Questions = 3;

    private readonly List<MigrationId> _tried = [];
    private readonly List<SkippedStatement> _notRun = [];
    private readonly DryRunEffects _effects = new();

    /// <summary>Runs it.</summary>
    /// <exception cref="MigrationFailedException">A statement failed.</exception>
    public async Task<MigrationDryRun> RunAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        var neon = await databases.Neon.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var neonEnding = neon.ConfigureAwait(false);
        var supabase = await databases.Supabase.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var supabaseEnding = supabase.ConfigureAwait(false);
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            // What a server says of transactions that stand still holds from their beginning.
            await OnAsync(database, "The beginning of a dry run", connection => SessionSettings.BeginTransactionAsync(options, connection, timeout: null, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var planned in plan.Migrations)
        {
            await OnAsync(planned.Id.Database, $"The dry run of {planned.Id}", connection => TryAsync(connection, planned, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var (seed, _) in plan.Seeding.Pending)
        {
            await OnAsync(seed.Id.Database, $"The dry run of {seed.Id}", connection => TryAsync(connection, seed, cancellationToken)).ConfigureAwait(false);
        }

        return new MigrationDryRun(_tried, _notRun);

        async Task OnAsync(Database database, string what, Func<NpgsqlConnection, Task> work)
        {
            var (here, there) = database == Database.Neon ? (neon.Connection, supabase.Connection) : (supabase.Connection, neon.Connection);
            var standby = new Standby(there, options.Lease / Questions, databases.Clock);
            await using var ended = standby.ConfigureAwait(false);
            try
            {
                await work(here).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw ErrorTranslator.Translate(exception, database, entity: null, what);
            }
        }
    }

    private async Task TryAsync(NpgsqlConnection connection, PlannedMigration planned, CancellationToken cancellationToken)
    {
        if (planned.Migration is not SqlMigration migration)
        {
            var code = new SkippedStatement(planned.Id, null);
            _notRun.Add(code);
            _effects.Add(code);
            return;
        }

        await SessionSettings.BeginTransactionAsync(options, connection, migration.Timeout, cancellationToken).ConfigureAwait(false);
        var isTried = false;
        foreach (var (statement, index) in migration.Up.SelectMany(static segment => segment.Statements).Select(static (statement, index) => (statement, index)).Skip(planned.Done))
        {
            var skipped = statement.IsTransactional || statement.Kind == StatementKind.Batched
                ? await TryAsync(connection, migration, index, statement, cancellationToken).ConfigureAwait(false)
                : new SkippedStatement(migration.Id, index + 1);
            isTried |= skipped is null;
            if (skipped is not null)
            {
                _notRun.Add(skipped);
                _effects.Add(skipped, statement);
            }
        }

        if (isTried)
        {
            _tried.Add(planned.Id);
        }
    }

    // What to say of a statement where it could not be tried; null where it was.
    private async Task<SkippedStatement?> TryAsync(NpgsqlConnection connection, SqlMigration migration, int index, SqlStatement statement, CancellationToken cancellationToken)
    {
        await SessionSettings.ExecuteAsync(connection, "savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
        try
        {
            await SessionSettings.ExecuteAsync(connection, statement.Text, cancellationToken).ConfigureAwait(false);
            await SessionSettings.ExecuteAsync(connection, "release savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException refused)
        {
            var cause = _effects.CauseOf(migration.Id.Database, statement.Text, refused);
            if (cause is null && refused.SqlState is not UnsafeNewEnumValue)
            {
                throw StatementFailure.Of(migration, index, statement, refused, kept: false);
            }

            await SessionSettings.ExecuteAsync(connection, "rollback to savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
            return Skipped(migration.Id, index + 1, cause, refused);
        }
    }

    private async Task TryAsync(NpgsqlConnection connection, Seed seed, CancellationToken cancellationToken)
    {
        await SessionSettings.BeginTransactionAsync(options, connection, timeout: null, cancellationToken).ConfigureAwait(false);
        await SessionSettings.ExecuteAsync(connection, "savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
        try
        {
            await Seeding.SendAsync(connection, seed, options.Probe, cancellationToken).ConfigureAwait(false);
            _tried.Add(seed.Id);
        }
        catch (MigrationFailedException failure) when (failure.InnerException is PostgresException refused && _effects.CauseOf(seed.Id.Database, refused.BatchCommand?.CommandText ?? "", refused) is { } cause)
        {
            await SessionSettings.ExecuteAsync(connection, "rollback to savepoint dualdb_dry_run", cancellationToken).ConfigureAwait(false);
            _notRun.Add(Skipped(seed.Id, failure.Statement, cause, refused));
        }
    }

    private static SkippedStatement Skipped(MigrationId id, int? statement, SkippedStatement? cause, PostgresException refused)
        => new(id, statement) { DependsOn = cause, Answer = cause is null ? null : $"{refused.SqlState}: {ServerWords.Of(refused)}" };
}
