using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Backfill;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Consistency.Sync.Running;
using DualDb.Errors;
using DualDb.Mapping.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Repairs rows by saying them anew where they are right: they then go the way of every change, conflicts, positions and order included.</summary>
internal sealed class Repairer(DatabaseSync sync, RepairOptions options)
{
    private const int ChunkSize = 500;

    /// <exception cref="NotSupportedException">Nothing leads the way that is asked for.</exception>
    public void Check(SyncMap map)
    {
        if (options.Truth == RepairTruth.Target && map.Direction == SyncDirection.OneWay)
        {
            throw new NotSupportedException($"The map {map.Name} is one-way: nothing leads from {map.Target} back to {map.Source}. Repair it with the source's rows.");
        }
    }

    public async Task<IReadOnlyList<RepairAction>> RunAsync(SyncMap map, IReadOnlyList<RowDifference> differences, CancellationToken cancellationToken)
    {
        var actions = differences.Select(difference => new RepairAction(difference, ActionOf(difference.Kind))).ToList();
        var route = Route.Of(map)[options.Truth == RepairTruth.Source ? 0 : 1];
        if (!options.DryRun)
        {
            foreach (var chunk in actions.Where(static action => action.Action is not "none").Chunk(ChunkSize))
            {
                await SayAsync(route, chunk, cancellationToken).ConfigureAwait(false);
                foreach (var said in chunk.GroupBy(static action => action.Action, StringComparer.Ordinal))
                {
                    SyncMeter.Repaired(map.Name, said.Key, said.Count());
                }
            }

            await sync.WaitForSyncAsync(await sync.TokenAsync(route.From.Database, cancellationToken).ConfigureAwait(false), options.Patience, cancellationToken).ConfigureAwait(false);
        }

        return actions;
    }

    private string ActionOf(DifferenceKind kind)
    {
        var isLacking = kind == (options.Truth == RepairTruth.Source ? DifferenceKind.MissingInTarget : DifferenceKind.MissingInSource);
        return isLacking ? "insert" : options.InsertOnly ? "none" : kind == DifferenceKind.Different ? "update" : "delete";
    }

    private async Task SayAsync(Route route, IReadOnlyList<RepairAction> actions, CancellationToken cancellationToken)
    {
        var database = sync.Of(route.From.Database);
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var sql = new WordSql(route);
            var rows = RowWriting.Rows(actions.Select(action => $$"""{"k":{{RowDocument.Text(action.Difference.KeyText)}},"n":{{Key(route, action.Difference.Key)}}}"""));
            using var batch = new NpgsqlBatch(transaction.Connection)
            {
                BatchCommands =
                {
                    DatabaseCall.Command(WordSettings.Sql),
                    DatabaseCall.Command(sql.Lock, rows),
                    DatabaseCall.Command(sql.Named, DatabaseCall.Parameter(route.From.Schema), DatabaseCall.Parameter(route.From.Table), rows.Clone()),
                },
            };
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Repairing {route.To}");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Key(Route route, string key)
    {
        using var row = JsonDocument.Parse(key, DeepJson.Document);
        return RowDocument.Rename(row.RootElement, [.. route.Map.Columns.Where(static column => column.IsKey).Select(column => (column.Source!, route.Decides ? column.Target : column.Source!))]);
    }
}
