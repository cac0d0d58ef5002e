using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Recording;

/// <summary>Records the maps of a node in the database that is written to.</summary>
internal sealed class MapRecording(PostgresDatabase source, PostgresDatabase target, IReadOnlyList<Route> routes)
{
    private const string Insert = "insert into dualdb.sync_maps (source, map, form, table_schema, table_name, needs_backfill, target_schema, target_table) values ($1, $2, $3, $4, $5, $6, $7, $8)";

    /// <summary>An earlier version has not said where it writes.</summary>
    private const string NameTarget = "update dualdb.sync_maps set target_schema = $4, target_table = $5 where source = $1 and map = $2 and form = $3 and target_table is null";

    /// <summary>A page that is being applied by a node that did not know of it is waited for, and the next one is not accepted.</summary>
    private const string Revoke = "update dualdb.sync_positions set owner = null, expires_at = '-infinity' where source = $1";

    private const string HasPosition = "select exists (select from dualdb.sync_positions where source = $1)";

    private const string Tables = "select table_schema || '.' || table_name from dualdb.sync_tables";

    private const string HasTables = "select to_regclass('dualdb.sync_tables') is not null";

    private const string Complete = "update dualdb.sync_maps set needs_backfill = false where source = $1 and map = $2 and form = $3 and needs_backfill";

    /// <summary>
    /// Records what is missing, before anything is installed for it. From then on no node moves the position that does not know of it: whatever is committed later is carried.
    /// </summary>
    /// <returns>False where others have recorded what this node does not know: what is installed is theirs to look after.</returns>
    /// <exception cref="DualDbConfigurationException">Both have maps that the other does not know.</exception>
    public async Task<bool> RecordAsync(CancellationToken cancellationToken)
    {
        var followed = await FollowedAsync(cancellationToken).ConfigureAwait(false);
        var transaction = await target.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var (recorded, isAdopted) = await ReadAsync(transaction, cancellationToken).ConfigureAwait(false);
            var (unknown, missing) = (recorded.UnknownTo(routes), recorded.MissingOf(routes));
            if (unknown.Count > 0)
            {
                return missing.Count == 0 ? false : throw Apart(unknown, missing);
            }

            if (missing.Count > 0)
            {
                using var batch = new NpgsqlBatch(transaction.Connection);
                foreach (var route in missing)
                {
                    batch.BatchCommands.Add(DatabaseCall.Command(
                        Insert, Site(), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(route.Form), DatabaseCall.Parameter(route.From.Schema), DatabaseCall.Parameter(route.From.Table),
                        new NpgsqlParameter<bool> { TypedValue = !(isAdopted && followed.Contains(route.From.Name)), NpgsqlDbType = NpgsqlDbType.Boolean },
                        DatabaseCall.Parameter(route.To.Schema), DatabaseCall.Parameter(route.To.Table)));
                }

                batch.BatchCommands.Add(DatabaseCall.Command(Revoke, Site()));
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await NameTargetsAsync(transaction, [.. routes.Except(missing)], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, target.Kind, entity: null, "Recording the maps of the synchronisation");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task NameTargetsAsync(DatabaseTransaction transaction, IReadOnlyList<Route> recorded, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection);
        foreach (var route in recorded)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(
                NameTarget, Site(), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(route.Form), DatabaseCall.Parameter(route.To.Schema), DatabaseCall.Parameter(route.To.Table)));
        }

        if (recorded.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Needs no backfill where there is nothing to copy. After the triggers are there: what comes later is logged.</summary>
    public async Task PassOverEmptyAsync(CancellationToken cancellationToken)
    {
        var needing = (await RecordedMaps.FindAsync(target, source.Kind, cancellationToken).ConfigureAwait(false)).NeedingBackfill;
        foreach (var route in routes.Where(route => needing.Contains(route.Map.Name, StringComparer.Ordinal)))
        {
            var hasRows = await DatabaseCall.AskAsync(
                source,
                $"Looking whether {route.From} has rows",
                [DatabaseCall.Command($"select exists (select from {route.From.Quoted})")],
                ReadTruthAsync,
                cancellationToken).ConfigureAwait(false);
            if (!hasRows)
            {
                await CompleteAsync(target, route, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>All rows of a map were copied.</summary>
    public static Task CompleteAsync(PostgresDatabase target, Route route, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            target,
            $"Recording the backfill of {route.Map.Name}",
            [DatabaseCall.Command(Complete, new NpgsqlParameter<short> { TypedValue = (short)route.From.Database, NpgsqlDbType = NpgsqlDbType.Smallint }, DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(route.Form))],
            cancellationToken);

    /// <summary>A direction that was followed before maps were recorded: those of its tables are not new.</summary>
    private async Task<(RecordedMaps Recorded, bool IsAdopted)> ReadAsync(DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(SchemaSql.Lock), RecordedMaps.Command(source.Kind), DatabaseCall.Command(HasPosition, Site()) } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await RecordedMaps.ReadAsync(reader, source.Kind, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return (recorded, await ReadTruthAsync(reader, cancellationToken).ConfigureAwait(false) && recorded.Current.Count == 0);
    }

    private async Task<HashSet<string>> FollowedAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (await DatabaseCall.AskAsync(source, "Looking for tables that are synchronised", [DatabaseCall.Command(HasTables)], ReadTruthAsync, cancellationToken).ConfigureAwait(false))
        {
            await DatabaseCall.AskAsync(
                source,
                "Listing the tables that are synchronised",
                [DatabaseCall.Command(Tables)],
                async (reader, token) =>
                {
                    while (await reader.ReadAsync(token).ConfigureAwait(false))
                    {
                        found.Add(reader.GetString(0));
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private DualDbConfigurationException Apart(IReadOnlyList<string> unknown, IReadOnlyList<Route> missing) => new(
        $"Changes of {source.Kind} are carried for maps that this application does not have, or has in an earlier form ({string.Join(", ", unknown)}), and it brings others ({string.Join(", ", missing.Select(static route => route.Map.Name))}). "
        + "Neither could carry them for both. If a map was removed, call db.Sync.ForgetAsync(name) before InstallAsync; if another application has it, declare the maps of both in one library that both reference.") { Database = target.Kind };

    private NpgsqlParameter Site() => new NpgsqlParameter<short> { TypedValue = (short)source.Kind, NpgsqlDbType = NpgsqlDbType.Smallint };

    private static async Task<bool> ReadTruthAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.GetBoolean(0);
}
