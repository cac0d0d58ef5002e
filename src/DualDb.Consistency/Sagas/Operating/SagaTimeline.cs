using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Running;
using Npgsql;
using NpgsqlTypes;
using EachDatabase = DualDb.Consistency.Schema.EachDatabase;

namespace DualDb.Consistency.Sagas.Operating;

/// <summary>
/// Reads an instance's attempts page by page. The journal has the attempts, the databases of the steps have the results; what an attempt left that the journal was not told of stands for it, in its place.
/// </summary>
internal sealed class SagaTimeline(SagaEngine engine, string saga, string id)
{
    /// <summary>A database that hangs may take so long of what the page has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly HashSet<Database> _unread = [];

    public async Task<SagaTimelinePage> ReadAsync(SagaAttempt? after, int limit, CancellationToken cancellationToken)
    {
        var told = await PageAsync(after, limit + 1, cancellationToken).ConfigureAwait(false);
        var untold = (await UntoldAsync(cancellationToken).ConfigureAwait(false)).Where(attempt => after is null || Compare(attempt, after) > 0);
        var all = told.Concat(untold).ToList();
        all.Sort(Compare);
        return new SagaTimelinePage(await WithResultsAsync([.. all.Take(limit)], cancellationToken).ConfigureAwait(false), all.Count > limit) { Unread = [.. _unread.Order()] };
    }

    // The journal is what a timeline is made of; a database of steps that is away is named, and not asked again for the same page.
    private async Task<IReadOnlyList<T>> OfEachAsync<T>(Func<PostgresDatabase, CancellationToken, Task<List<T>>> read, CancellationToken cancellationToken)
    {
        var databases = engine.Databases.Where(database => !_unread.Contains(database.Kind)).ToList();
        if (databases.Count == 0)
        {
            return [];
        }

        using var deadline = new CancellationTokenSource(Patience, engine.Home.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var found = await EachDatabase.ReadAsync(databases, read, ending.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _unread.UnionWith(found.Missing.Select(static missing => missing.Database));
        return [.. found.Values.SelectMany(static values => values)];
    }

    // As the database orders them: by time first, and what began at one moment by bytes.
    private static int Compare(SagaAttempt left, SagaAttempt right)
        => left.StartedAt.CompareTo(right.StartedAt) is not 0 and var time ? time
            : string.CompareOrdinal(left.Step, right.Step) is not 0 and var step ? step
            : left.IsCompensation.CompareTo(right.IsCompensation) is not 0 and var kind ? -kind
            : left.Attempt.CompareTo(right.Attempt);

    private ValueTask<List<SagaAttempt>> PageAsync(SagaAttempt? after, int limit, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            engine.Home,
            "Reading the timeline of a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.TimelinePage, connection);
                command.Parameters.Text(saga);
                command.Parameters.Text(id);
                command.Parameters.Add(SagaReports.Maybe(after?.StartedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz));
                command.Parameters.Text(after?.Step);
                command.Parameters.Text(after is null ? null : KindOf(after));
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after?.Attempt ?? 0 });
                command.Parameters.Number(limit);
                return await command.ListAsync(SagaReports.ReadAttempt, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Results that the journal has no attempt for. There are as many as steps at most.</summary>
    private async Task<List<SagaAttempt>> UntoldAsync(CancellationToken cancellationToken)
    {
        var told = (await SagaReports.OneAsync(engine.Home, OperationSql.Told, saga, id, static row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken).ConfigureAwait(false)).ToHashSet();
        var results = await OfEachAsync((database, token) => SagaReports.OneAsync(database, OperationSql.ResultKinds, saga, id, ReadKind, token).AsTask(), cancellationToken).ConfigureAwait(false);
        return [.. results.Where(result => !told.Contains((result.Step, KindOf(result), result.State)))];
    }

    private async Task<IReadOnlyList<SagaAttempt>> WithResultsAsync(IReadOnlyList<SagaAttempt> page, CancellationToken cancellationToken)
    {
        var asked = page.Where(static attempt => attempt.State is TimelineEntry.Succeeded or "skipped").Select(static attempt => (attempt.Step, Kind: KindOf(attempt))).Distinct().ToList();
        var results = new Dictionary<(string Step, string Kind), string?>();
        foreach (var (step, kind, result) in asked.Count > 0 ? await OfEachAsync((database, token) => ResultsAsync(database, asked, token).AsTask(), cancellationToken).ConfigureAwait(false) : [])
        {
            results[(step, kind)] = result;
        }

        // A result belongs to the attempt that left it, which is the last one that succeeded.
        var last = page.Where(static attempt => attempt.State is TimelineEntry.Succeeded or "skipped").GroupBy(static attempt => (attempt.Step, KindOf(attempt))).ToDictionary(static group => group.Key, static group => group.Last());
        return [.. page.Select(attempt => last.TryGetValue((attempt.Step, KindOf(attempt)), out var holder) && ReferenceEquals(holder, attempt) ? attempt with { Result = results.GetValueOrDefault((attempt.Step, KindOf(attempt))) } : attempt)];
    }

    private ValueTask<List<(string Step, string Kind, string? Result)>> ResultsAsync(PostgresDatabase database, IReadOnlyList<(string Step, string Kind)> asked, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Reading results of a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.ResultsOf, connection);
                command.Parameters.Text(saga);
                command.Parameters.Text(id);
                command.Parameters.Array([.. asked.Select(static one => one.Step)], NpgsqlDbType.Text);
                command.Parameters.Array([.. asked.Select(static one => one.Kind)], NpgsqlDbType.Text);
                return await command.ListAsync(static row => (row.GetString(0), row.GetString(1), row.TextOrNull(2)), token).ConfigureAwait(false);
            },
            cancellationToken);

    private static SagaAttempt ReadKind(NpgsqlDataReader row) => new()
    {
        Step = row.GetString(0),
        IsCompensation = SagaReports.IsCompensation(row.GetString(1)),
        State = row.GetBoolean(2) ? "skipped" : TimelineEntry.Succeeded,
        StartedAt = row.GetFieldValue<DateTimeOffset>(3),
        EndedAt = row.GetFieldValue<DateTimeOffset>(3),
    };

    private static string KindOf(SagaAttempt attempt) => attempt.IsCompensation ? "compensation" : "step";
}
