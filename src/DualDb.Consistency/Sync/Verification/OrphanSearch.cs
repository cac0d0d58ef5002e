using DualDb.Consistency.Schema;
using DualDb.Mapping;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>
/// Looks for rows that refer to what the other database does not have. What seems to be missing is looked at again when all that was on its way has arrived and a moment has passed: whoever writes both sides writes one of them first.
/// </summary>
internal sealed class OrphanSearch(DatabaseSync sync, SyncReference reference, VerificationOptions options)
{
    private const int BatchSize = 5000;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly OrphanSql _sql = new(reference);
    private readonly PostgresDatabase _referring = sync.Of(reference.Source.Database);
    private readonly PostgresDatabase _referred = sync.Of(reference.Target.Database);

    public async Task<ReferenceVerification> RunAsync(CancellationToken cancellationToken)
    {
        var (values, suspects, isPartial) = await ScanAsync(cancellationToken).ConfigureAwait(false);
        if (suspects.Count == 0)
        {
            return new ReferenceVerification(reference.Name, values, [], IsPartial: false, IsConfirmed: true);
        }

        var isConfirmed = await ArriveAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(Moment, sync.Clock, cancellationToken).ConfigureAwait(false);

        // Who still refers is asked last: a row that was deleted together with what it refers to is no orphan.
        var missing = await MissingAsync([.. suspects], cancellationToken).ConfigureAwait(false);
        var orphans = await ReferringAsync([.. missing], cancellationToken).ConfigureAwait(false);
        return new ReferenceVerification(reference.Name, values, orphans, isPartial, isConfirmed) { MasksValues = IsSensitive(reference.Source, reference.Column.Name) || IsSensitive(reference.Target, reference.Key.Name) };
    }

    private bool IsSensitive(EntityInfo entity, string column)
        => sync.Registry.Maps.SelectMany(static map => map.Columns.Where(static one => one.IsSensitive).SelectMany(one => new[] { (Table: map.Source, Column: one.Source), (Table: map.Target, Column: (string?)one.Target) }))
            .Any(one => one.Table.Database == entity.Database && string.Equals(one.Table.Name, $"{entity.Schema}.{entity.Table}", StringComparison.Ordinal) && string.Equals(one.Column, column, StringComparison.Ordinal));

    private async Task<(long Values, List<string> Suspects, bool IsPartial)> ScanAsync(CancellationToken cancellationToken)
    {
        var (values, suspects) = (0L, new List<string>());
        for (string? last = null; ;)
        {
            var batch = await AskAsync(_referring, _sql.Values, [DatabaseCall.Parameter(last), DatabaseCall.Parameter((long)BatchSize)], static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
            if (batch.Count > 0)
            {
                suspects.AddRange(await MissingAsync([.. batch], cancellationToken).ConfigureAwait(false));
                values += batch.Count;
                last = batch[^1];
            }

            if (suspects.Count > options.MaxDifferences)
            {
                return (values, [.. suspects.Take(options.MaxDifferences)], true);
            }

            if (batch.Count < BatchSize)
            {
                return (values, suspects, false);
            }
        }
    }

    private async Task<bool> ArriveAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var source in new[] { Database.Neon, Database.Supabase })
            {
                await sync.WaitForSyncAsync(source, options.Patience, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (SyncTimeoutException)
        {
            return false;
        }
    }

    private Task<List<string>> MissingAsync(string[] values, CancellationToken cancellationToken)
        => AskAsync(_referred, _sql.Missing, [DatabaseCall.Parameter(values, NpgsqlDbType.Text)], static row => row.GetString(0), cancellationToken);

    private Task<List<OrphanedReference>> ReferringAsync(string[] values, CancellationToken cancellationToken)
        => AskAsync(_referring, _sql.Referring, [DatabaseCall.Parameter(values, NpgsqlDbType.Text)], static row => new OrphanedReference(row.GetString(0), row.GetInt64(1)), cancellationToken);

    private Task<List<T>> AskAsync<T>(PostgresDatabase database, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            database,
            $"Looking for orphans of {reference.Name}",
            [DatabaseCall.Command(Backfill.WordSettings.Sql), DatabaseCall.Command(sql, parameters)],
            async (reader, token) =>
            {
                await reader.NextResultAsync(token).ConfigureAwait(false);
                var all = new List<T>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    all.Add(read(reader));
                }

                return all;
            },
            cancellationToken);
}
