using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Errors;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Recording;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>Installs what the synchronisation needs in both databases, and begins to follow their logs.</summary>
internal sealed class SyncInstallation(IDualDatabase root, SyncRegistry registry, SyncOptions options)
{
    private const string Register = """
        insert into dualdb.sync_tables as t (table_schema, table_name, role, site, schema_version, relays) values ($1, $2, $3, $4, $5, $6)
        on conflict (table_schema, table_name) do update set role = excluded.role, schema_version = excluded.schema_version, relays = excluded.relays
        where (t.role, t.schema_version, t.relays) is distinct from (excluded.role, excluded.schema_version, excluded.relays)
        """;

    /// <summary>
    /// Triggers that a cache has had made are there already, and no lock is taken for them: what a transaction has written that is still open was logged for the cache alone, and no backfill sees it. It is waited for.
    /// </summary>
    private static string Join(SyncTable table)
    {
        var (schema, name) = (Literal(table.Schema), Literal(table.Table));
        var lines = $"if not exists (select from dualdb.sync_tables where table_schema = {schema} and table_name = {name}) then execute {Literal($"lock table {table.Quoted} in share row exclusive mode")}; end if;";
        return $"do {Literal($"begin {lines} end")}";
    }

    private const string Login = "insert into dualdb.sync_logins (login) values (session_user) on conflict do nothing";

    /// <summary>From now on, nothing is removed from the log that was not applied.</summary>
    private const string Hold = "update dualdb.change_log_state set held = pg_snapshot_xmin(pg_current_snapshot()) where held is null";

    private const string Begin = "insert into dualdb.sync_positions (source, part, parts, position) values ($1, $2, $3, $4) on conflict do nothing";

    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        foreach (var (source, _, _) in Decoded())
        {
            _ = DecodingRequirements.Address(source, options.SourceOf(source.Kind));
            DecodingRequirements.Require(await new Slots(source).FindAsync(part: 0, cancellationToken).ConfigureAwait(false), source.Kind, options.Parts, isInstalled: false);
        }

        await new CascadeCheck(root, registry.Maps).RunAsync(cancellationToken).ConfigureAwait(false);
        PostgresDatabase[] databases = [root.Neon, root.Supabase];
        foreach (var database in databases)
        {
            await SchemaInstallation.InstallAsync(database, SyncSchema.Module, cancellationToken).ConfigureAwait(false);
            await SchemaInstallation.InstallAsync(database, TaskSchema.Module, cancellationToken).ConfigureAwait(false);
            await SchemaInstallation.InstallAsync(database, VerificationSchema.Module, cancellationToken).ConfigureAwait(false);
        }

        if (!await RecordAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var database in databases)
        {
            await InstallAsync(database, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (source, _, _) in Decoded())
        {
            await new Slots(source).CreateAsync(options.Parts, renew: false, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (source, target, routes) in Directions())
        {
            for (var part = 0; part < options.Parts; part++)
            {
                // After the triggers are there: what is committed by then is for a backfill to copy, what comes later is logged.
                var feed = new Feeding.SyncFeed(source, routes, options.Parts, part);
                var position = await feed.BeginAsync(cancellationToken).ConfigureAwait(false);
                await DatabaseCall.RunAsync(
                    target,
                    "Beginning to follow the other database's log",
                    [DatabaseCall.Command(Begin, Short((short)source.Kind), Short((short)part), Short((short)options.Parts), DatabaseCall.Parameter(position.ToString()))],
                    cancellationToken).ConfigureAwait(false);
            }

            await new MapRecording(source, target, routes).PassOverEmptyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A node that is behind would take tables back to what it knows of them: all that it needs is there.
    private async Task<bool> RecordAsync(CancellationToken cancellationToken)
    {
        var isUpToDate = true;
        foreach (var (source, target, routes) in Directions())
        {
            isUpToDate &= await new MapRecording(source, target, routes).RecordAsync(cancellationToken).ConfigureAwait(false);
        }

        return isUpToDate;
    }

    private IEnumerable<(PostgresDatabase Source, PostgresDatabase Target, IReadOnlyList<Route> Routes)> Directions()
    {
        PostgresDatabase neon = root.Neon, supabase = root.Supabase;
        return new[] { (neon, supabase), (supabase, neon) }
            .Select(direction => (direction.Item1, direction.Item2, Routes: Route.LeadingFrom(direction.Item1.Kind, registry.Maps)))
            .Where(static direction => direction.Routes.Count > 0);
    }

    private IEnumerable<(PostgresDatabase Source, PostgresDatabase Target, IReadOnlyList<Route> Routes)> Decoded() => Directions().Where(direction => options.SourceOf(direction.Source.Kind).IsDecoded);

    private async Task InstallAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            await transaction.Connection.ExecuteAsync(SchemaSql.Lock, cancellationToken).ConfigureAwait(false);
            await transaction.Connection.ExecuteAsync(ChangeLogSchema.Create, cancellationToken).ConfigureAwait(false);
            using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(Login) } };
            var captured = Captured(database.Kind).ToList();
            if (captured.Count > 0)
            {
                // Where nothing is followed, nobody would ever let go of it again.
                batch.BatchCommands.Add(DatabaseCall.Command(Hold));
            }

            foreach (var (table, role, keys, form, relays) in captured)
            {
                batch.BatchCommands.Add(DatabaseCall.Command(Join(table)));
                batch.BatchCommands.Add(DatabaseCall.Command(
                    Register, DatabaseCall.Parameter(table.Schema), DatabaseCall.Parameter(table.Table), DatabaseCall.Parameter(role), Short((short)database.Kind), DatabaseCall.Parameter(form), new NpgsqlParameter<bool> { TypedValue = relays, NpgsqlDbType = NpgsqlDbType.Boolean }));
                batch.BatchCommands.Add(DatabaseCall.Command(ChangeLogTriggers.Create(table.Schema, table.Table, keys)));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Installing the synchronisation");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tables whose changes are logged. One that is part of a two-way map keeps versions, also for its one-way maps.</summary>
    private IEnumerable<(SyncTable Table, string Role, IReadOnlyList<string> Keys, int Form, bool Relays)> Captured(Database database)
        => Route.LeadingFrom(database, registry.Maps)
            .GroupBy(static route => route.From)
            .Select(routes => (
                routes.Key,
                routes.Any(static route => route.Decides) ? "secondary" : routes.Any(static route => route.KeepsRows) ? "primary" : "source",
                routes.First().KeyFrom,
                TableShape.Of(routes.Select(static route => route.Map)).Version,
                Relays(routes.Key, [.. routes])));

    /// <summary>Whether what is carried to a table goes on from there to a third one.</summary>
    private bool Relays(SyncTable table, IReadOnlyList<Route> leaving)
        => registry.Maps.SelectMany(Route.Of).Any(coming => coming.To == table && leaving.Any(route => !route.KeepsRows && route.To != coming.From));

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };
}
