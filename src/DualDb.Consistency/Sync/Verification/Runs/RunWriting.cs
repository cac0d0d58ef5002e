using System.Globalization;
using DualDb.Consistency.Schema;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification.Runs;

/// <summary>Writes comparisons down: each in one transaction, with what is too old removed.</summary>
internal static class RunWriting
{
    private const string Begin = """
        insert into dualdb.verification_runs (started_at, duration, actor, reason, is_consistent) values ($1, $2, $3, $4, $5) returning id
        """;

    private const string Results = """
        insert into dualdb.verification_results
            (run, place, name, is_reference, source_rows, target_rows, missing_in_target, missing_in_source, different, orphans, in_flight, is_partial, is_confirmed, faults)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private const string Differences = """
        insert into dualdb.verification_differences (run, number, name, kind, key, key_text, reason, rows)
        select $1, number, name, kind, key, key_text, reason, rows from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[]) with ordinality found (name, kind, key, key_text, reason, rows, number)
        """;

    /// <summary>By age and by number: a node whose comparisons come every second must not fill the disk within the time that they are kept.</summary>
    private static readonly string Forget = string.Create(CultureInfo.InvariantCulture, $"""
        delete from dualdb.verification_runs where id in (select id from dualdb.verification_runs where started_at < clock_timestamp() - $1 order by id limit 100)
            or id <= (select id from dualdb.verification_runs order by id desc offset {SyncVerifications.MostRuns} limit 1)
        """);

    private const string Repaired = "update dualdb.verification_runs set repaired_at = clock_timestamp(), repaired_by = $2, repaired_rows = coalesce(repaired_rows, 0) + $3 where id = $1";

    public static async Task<long> KeepAsync(PostgresDatabase database, VerificationReport report, VerificationReason reason, string? actor, TimeSpan retention, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            var id = await BeginAsync(transaction.Connection, report, reason, actor, cancellationToken).ConfigureAwait(false);
            using var batch = new NpgsqlBatch(transaction.Connection);
            AddResults(batch, id, report);
            AddDifferences(batch, id, report);
            batch.BatchCommands.Add(DatabaseCall.Command(Forget, DatabaseCall.Parameter(retention)));
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw SchemaFailure.Explain(exception, database.Kind) ?? ErrorTranslator.Translate(exception, database.Kind, entity: null, "Keeping a comparison");
        }
    }

    public static Task MarkRepairedAsync(PostgresDatabase database, long id, string actor, long rows, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(database, "Marking a comparison as repaired", [DatabaseCall.Command(Repaired, DatabaseCall.Parameter(id), DatabaseCall.Parameter(actor), DatabaseCall.Parameter(rows))], cancellationToken);

    private static async Task<long> BeginAsync(NpgsqlConnection connection, VerificationReport report, VerificationReason reason, string? actor, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Begin, connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = report.StartedAt.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(DatabaseCall.Parameter(report.Duration));
        command.Parameters.Add(DatabaseCall.Parameter(actor));
        command.Parameters.Add(DatabaseCall.Parameter(Words.Of(reason)));
        command.Parameters.Add(Flag(report.IsConsistent));
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static void AddResults(NpgsqlBatch batch, long id, VerificationReport report)
    {
        foreach (var map in report.Maps)
        {
            Add(map.Map, isReference: false, map.SourceRows, map.TargetRows, [.. Enum.GetValues<DifferenceKind>().Select(kind => map.Differences.LongCount(difference => difference.Kind == kind)), 0], map.InFlight, map.IsPartial, map.IsConfirmed, map.Faults);
        }

        foreach (var reference in report.References)
        {
            Add(reference.Reference, isReference: true, reference.Values, 0, [0, 0, 0, reference.Orphans.Count], 0, reference.IsPartial, reference.IsConfirmed, []);
        }

        void Add(string name, bool isReference, long source, long target, long[] counts, long inFlight, bool isPartial, bool isConfirmed, IReadOnlyList<string> faults)
            => batch.BatchCommands.Add(DatabaseCall.Command(
                Results,
                [
                    DatabaseCall.Parameter(id), DatabaseCall.Parameter(batch.BatchCommands.Count), DatabaseCall.Parameter(name), Flag(isReference), DatabaseCall.Parameter(source), DatabaseCall.Parameter(target),
                    .. counts.Select(DatabaseCall.Parameter), DatabaseCall.Parameter(inFlight), Flag(isPartial), Flag(isConfirmed), DatabaseCall.Parameter(faults.ToArray(), NpgsqlDbType.Text),
                ]));
    }

    private static void AddDifferences(NpgsqlBatch batch, long id, VerificationReport report)
    {
        var kept = report.Maps.SelectMany(static map => map.Differences).Select(static row => (Name: row.Map, Kind: Words.Of(row.Kind), row.Key, row.KeyText, row.Reason, Rows: (long?)null))
            .Concat(report.References.SelectMany(static reference => reference.Orphans.Select(orphan => (Name: reference.Reference, Kind: Words.Orphan, Key: orphan.Value, KeyText: orphan.Value, Reason: (string?)null, Rows: (long?)orphan.Rows))))
            .Take(SyncVerifications.MostDifferences).ToList();
        if (kept.Count > 0)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(
                Differences,
                DatabaseCall.Parameter(id),
                Texts(kept.Select(static row => row.Name)),
                Texts(kept.Select(static row => row.Kind)),
                Texts(kept.Select(static row => row.Key)),
                Texts(kept.Select(static row => row.KeyText)),
                Texts(kept.Select(static row => row.Reason)),
                new NpgsqlParameter<long?[]> { TypedValue = [.. kept.Select(static row => row.Rows)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint }));
        }
    }

    private static NpgsqlParameter Texts(IEnumerable<string?> texts) => new NpgsqlParameter<string?[]> { TypedValue = [.. texts], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Flag(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };
}
