using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Journal;

/// <summary>The journal in the home database: which instances there are, who has them, and how far they have come.</summary>
/// <param name="home">The home database.</param>
/// <param name="owner">This node, unlike any other.</param>
/// <param name="options">The options.</param>
/// <param name="time">This node's clock; only its differences are used.</param>
/// <param name="definitions">The sagas of this process.</param>
internal sealed class SagaJournal(PostgresDatabase home, string owner, SagaOptions options, TimeProvider time, IReadOnlyCollection<SagaDefinition> definitions)
{
    private bool _isIntroduced;

    public PostgresDatabase Home => home;

    public string Owner => owner;

    /// <summary>Begins an instance; false where the id is taken.</summary>
    /// <param name="definition">The saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="input">The input as JSON.</param>
    /// <param name="inputHash">Its hash.</param>
    /// <param name="taken">Whether this node takes it at once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<bool> StartAsync(SagaDefinition definition, string id, string input, string inputHash, bool taken, CancellationToken cancellationToken)
    {
        await IntroduceAsync(cancellationToken).ConfigureAwait(false);
        var origin = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity : null;
        return await DatabaseCall.RunAsync(home, "Starting a saga", StartOnceAsync, cancellationToken).ConfigureAwait(false);

        async ValueTask<bool> StartOnceAsync(NpgsqlConnection connection, CancellationToken token)
        {
            using var command = new NpgsqlCommand(JournalSql.Start, connection);
            command.Parameters.Text(definition.Name);
            command.Parameters.Text(id);
            command.Parameters.Text(definition.Hash);
            command.Parameters.Array(definition.Signatures, NpgsqlDbType.Text);
            command.Parameters.Json(input);
            command.Parameters.Text(inputHash);
            command.Parameters.Flag(taken);
            command.Parameters.Text(owner);
            command.Parameters.Seconds(options.Lease);
            command.Parameters.Seconds(definition.Deadline);
            command.Parameters.Text(origin?.Id);
            command.Parameters.Text(origin?.TraceStateString);
            return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is not null;
        }
    }

    /// <summary>Looks at an instance; null where there is none.</summary>
    public ValueTask<SagaGlance?> GlanceAsync(string saga, string id, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync<SagaGlance?>(
            home,
            "Looking at a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(JournalSql.Glance, connection);
                command.Parameters.Text(saga);
                command.Parameters.Text(id);
                var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var closed = reader.ConfigureAwait(false);
                return await reader.ReadAsync(token).ConfigureAwait(false)
                    ? new SagaGlance(SagaStates.Parse(reader.GetString(0)), reader.GetString(1), reader.TextOrNull(2), reader.TextOrNull(3), reader.TextOrNull(4), reader.SecondsOrNull(5))
                    : null;
            },
            cancellationToken);

    /// <summary>Takes instances that somebody has to look at.</summary>
    /// <param name="sagas">The sagas that this process knows.</param>
    /// <param name="hashes">The hashes of their definitions, in the same order.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<List<HeldSaga>> ClaimDueAsync(string[] sagas, string[] hashes, int limit, CancellationToken cancellationToken)
        => ClaimAsync(
            JournalSql.ClaimDue,
            parameters =>
            {
                parameters.Array(sagas, NpgsqlDbType.Text);
                parameters.Number(limit);
                parameters.Array(hashes, NpgsqlDbType.Text);
            },
            cancellationToken);

    /// <summary>Takes one instance if somebody has to look at it, or this node has it; null otherwise.</summary>
    public async ValueTask<HeldSaga?> ClaimAsync(SagaDefinition definition, string id, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(
            JournalSql.ClaimOne,
            parameters =>
            {
                parameters.Text(definition.Name);
                parameters.Text(id);
                parameters.Text(definition.Hash);
            },
            cancellationToken).ConfigureAwait(false);
        return claimed.FirstOrDefault();
    }

    /// <summary>Keeps instances; those that are not in the answer are another's.</summary>
    public ValueTask<List<(string Saga, string Id)>> RenewAsync(IReadOnlyList<(string Saga, string Id, long Token)> held, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Keeping sagas",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(JournalSql.Renew, connection);
                command.Parameters.Seconds(options.Lease);
                command.Parameters.Array([.. held.Select(static one => one.Saga)], NpgsqlDbType.Text);
                command.Parameters.Array([.. held.Select(static one => one.Id)], NpgsqlDbType.Text);
                command.Parameters.Array([.. held.Select(static one => one.Token)], NpgsqlDbType.Bigint);
                return await command.ListAsync(static reader => (reader.GetString(0), reader.GetString(1)), token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Changes an instance, and tells of its steps; null where this node no longer has it, else the token from now on.</summary>
    public ValueTask<long?> ChangeAsync(string saga, string id, long token, JournalChange change, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Keeping the journal of a saga",
            async (connection, cancellation) =>
            {
                using var command = new NpgsqlCommand(change.Sql, connection);
                Bind(command.Parameters, saga, id, token, change, entries);
                return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as long?;
            },
            cancellationToken);

    /// <summary>The same as a statement for a transaction of the home database; it answers with no row where this node no longer has the instance.</summary>
    public NpgsqlBatchCommand Change(string saga, string id, long token, JournalChange change, IReadOnlyList<TimelineEntry> entries)
    {
        var command = new NpgsqlBatchCommand(change.Sql);
        Bind(command.Parameters, saga, id, token, change, entries);
        return command;
    }

    /// <summary>Whether an instance was begun when the definition of this process was in use already: by another one at its side, then, and not by one that it has replaced.</summary>
    public ValueTask<bool> IsBegunBesideAsync(SagaDefinition definition, string id, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Looking at a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(JournalSql.IsBegunBeside, connection);
                command.Parameters.Text(definition.Name);
                command.Parameters.Text(id);
                command.Parameters.Text(definition.Hash);
                return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is true;
            },
            cancellationToken);

    /// <summary>Writes down which definitions this process has, before it takes or begins anything.</summary>
    private async ValueTask IntroduceAsync(CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref _isIntroduced))
        {
            await DatabaseCall.RunAsync(
                home,
                "Introducing definitions of sagas",
                async (connection, token) =>
                {
                    using var command = new NpgsqlCommand(JournalSql.Introduce, connection);
                    command.Parameters.Array([.. definitions.Select(static definition => definition.Name)], NpgsqlDbType.Text);
                    command.Parameters.Array([.. definitions.Select(static definition => definition.Hash)], NpgsqlDbType.Text);
                    return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _isIntroduced, true);
        }
    }

    private async ValueTask<List<HeldSaga>> ClaimAsync(string sql, Action<NpgsqlParameterCollection> bind, CancellationToken cancellationToken)
    {
        await IntroduceAsync(cancellationToken).ConfigureAwait(false);
        return await DatabaseCall.RunAsync(
            home,
            "Taking sagas",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.Parameters.Text(owner);
                command.Parameters.Seconds(options.Lease);
                bind(command.Parameters);
                return await command.ListAsync(ReadHeld, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void Bind(NpgsqlParameterCollection parameters, string saga, string id, long token, JournalChange change, IReadOnlyList<TimelineEntry> entries)
    {
        parameters.Text(saga);
        parameters.Text(id);
        parameters.Number(token);
        parameters.Array([.. entries.Select(static entry => entry.Work.Step.Name)], NpgsqlDbType.Text);
        parameters.Array([.. entries.Select(static entry => entry.Work.Kind)], NpgsqlDbType.Text);
        parameters.Array([.. entries.Select(static entry => entry.Attempt)], NpgsqlDbType.Integer);
        parameters.Array([.. entries.Select(static entry => entry.State)], NpgsqlDbType.Text);
        parameters.Array([.. entries.Select(entry => Ago(entry.Started))], NpgsqlDbType.Double);
        parameters.Array([.. entries.Select(entry => entry.Ended is { } ended ? Ago(ended) : (double?)null)], NpgsqlDbType.Double);
        parameters.Array([.. entries.Select(static entry => entry.Error)], NpgsqlDbType.Text);
        parameters.Text(options.NodeName);
        change.Bind(parameters);
    }

    private double Ago(long timestamp) => time.GetElapsedTime(timestamp).TotalSeconds;

    private static HeldSaga ReadHeld(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetFieldValue<string[]>(3),
        SagaStates.Parse(reader.GetString(4)),
        reader.GetString(5),
        reader.TextOrNull(6),
        reader.TextOrNull(7),
        reader.GetInt64(8),
        reader.GetInt32(9),
        reader.SecondsOrNull(10),
        reader.TextOrNull(11),
        reader.TextOrNull(12))
    {
        LeftFor = reader.SecondsOrNull(13),
    };
}
