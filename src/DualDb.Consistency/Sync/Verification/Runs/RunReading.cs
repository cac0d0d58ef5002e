using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification.Runs;

/// <summary>Reads comparisons that are kept.</summary>
internal static class RunReading
{
    private const string Runs = """
        select id, started_at, duration, reason, actor, is_consistent, repaired_at, repaired_by, repaired_rows from dualdb.verification_runs
        where case when $3 then id = $1 else id < $1 end order by id desc limit $2
        """;

    private const string Results = """
        select run, name, is_reference, source_rows, target_rows, missing_in_target, missing_in_source, different, orphans, in_flight, is_partial, is_confirmed, faults
        from dualdb.verification_results
        where run in (select id from dualdb.verification_runs where case when $3 then id = $1 else id < $1 end order by id desc limit $2) order by run, place
        """;

    private const string Differences = """
        select number, name, kind, key, reason, rows, key_text from dualdb.verification_differences where run = $1 and ($2 is null or name = $2) and number > $3 order by number limit $4
        """;

    /// <summary>Runs with their results, the latest first, in one round trip.</summary>
    public static Task<IReadOnlyList<VerificationRun>> ListAsync(PostgresDatabase database, long before, int limit, bool onlyThis, CancellationToken cancellationToken)
    {
        return DatabaseCall.AskAsync<IReadOnlyList<VerificationRun>>(
            database,
            "Listing comparisons",
            [Command(Results), Command(Runs)],
            static async (reader, token) =>
            {
                var results = new List<(long Run, VerificationResult Result)>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    results.Add((reader.GetInt64(0), ReadResult(reader)));
                }

                await reader.NextResultAsync(token).ConfigureAwait(false);
                var byRun = results.ToLookup(static one => one.Run, static one => one.Result);
                var runs = new List<VerificationRun>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    runs.Add(ReadRun(reader, [.. byRun[reader.GetInt64(0)]]));
                }

                return runs;
            },
            cancellationToken);

        NpgsqlBatchCommand Command(string sql) => DatabaseCall.Command(sql, DatabaseCall.Parameter(before), DatabaseCall.Parameter(limit), new NpgsqlParameter<bool> { TypedValue = onlyThis, NpgsqlDbType = NpgsqlDbType.Boolean });
    }

    public static async Task<IReadOnlyList<KeptDifference>> DifferencesAsync(PostgresDatabase database, long run, string? name, int after, int limit, CancellationToken cancellationToken)
        => await DatabaseCall.AskAsync(
            database,
            "Reading what a comparison found",
            [DatabaseCall.Command(Differences, DatabaseCall.Parameter(run), DatabaseCall.Parameter(name), DatabaseCall.Parameter(after), DatabaseCall.Parameter(limit))],
            static async (reader, token) =>
            {
                var found = new List<KeptDifference>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    found.Add(new KeptDifference(
                        reader.GetInt32(0), reader.GetString(1), Words.Kind(reader.GetString(2)), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetInt64(5)) { KeyText = reader.GetString(6) });
                }

                return found;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>The rows that differ, as a comparison gives them.</summary>
    public static async Task<IReadOnlyList<RowDifference>> RowsAsync(PostgresDatabase database, long run, string? map, int limit, CancellationToken cancellationToken)
        => [.. (await DifferencesAsync(database, run, map, 0, limit, cancellationToken).ConfigureAwait(false))
            .Where(static difference => difference.Kind is not null).Select(static difference => new RowDifference(difference.Name, difference.Key, difference.Kind!.Value, difference.Reason) { KeyText = difference.KeyText })];

    private static VerificationRun ReadRun(NpgsqlDataReader row, IReadOnlyList<VerificationResult> results)
        => new(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<TimeSpan>(2), Words.Reason(row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4), row.GetBoolean(5), results)
        {
            RepairedAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
            RepairedBy = row.IsDBNull(7) ? null : row.GetString(7),
            RepairedRows = row.IsDBNull(8) ? null : row.GetInt64(8),
        };

    private static VerificationResult ReadResult(NpgsqlDataReader row) => new(row.GetString(1), row.GetBoolean(2))
    {
        SourceRows = row.GetInt64(3),
        TargetRows = row.GetInt64(4),
        MissingInTarget = row.GetInt64(5),
        MissingInSource = row.GetInt64(6),
        Different = row.GetInt64(7),
        Orphans = row.GetInt64(8),
        InFlight = row.GetInt64(9),
        IsPartial = row.GetBoolean(10),
        IsConfirmed = row.GetBoolean(11),
        Faults = row.GetFieldValue<string[]>(12),
    };
}
