using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Sagas.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Operating;

/// <summary>
/// An operator's hand on one instance: it is taken from whoever runs it, with a line in the audit, changed, and given back. Where this process dies in between, the instance goes on as it
/// was once the lease is over.
/// </summary>
internal sealed class Intervention(SagaEngine engine, SagaDefinition definition, string id)
{
    private long _token;

    /// <summary>The state that it goes back to.</summary>
    public SagaState State { get; private set; }

    /// <summary>Takes it.</summary>
    /// <param name="action">What is going to be done.</param>
    /// <param name="step">The step; null for none.</param>
    /// <param name="order">Who asks for it, and why.</param>
    /// <param name="allowed">The states in which that makes sense.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">There is no such instance, or its state forbids it.</exception>
    public async Task TakeAsync(string action, string? step, (string Who, string Reason) order, SagaState[] allowed, CancellationToken cancellationToken)
    {
        var taken = await DatabaseCall.RunAsync(
            engine.Home,
            "Taking a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.Take, connection);
                command.Parameters.Text($"{order.Who}/{Guid.NewGuid():n}");
                command.Parameters.Seconds(engine.Options.Lease);
                command.Parameters.Text(definition.Name);
                command.Parameters.Text(id);
                command.Parameters.Array([.. allowed.Select(static state => state.ToText())], NpgsqlDbType.Text);
                command.Parameters.Text(order.Who);
                command.Parameters.Text(action);
                command.Parameters.Text(step);
                command.Parameters.Text(order.Reason);
                return await command.ListAsync(static reader => (Token: reader.GetInt64(0), State: reader.GetString(1)), token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (taken.Count == 0)
        {
            throw await RefusalAsync(action, allowed, cancellationToken).ConfigureAwait(false);
        }

        _token = taken[0].Token;
        State = SagaStates.Parse(taken[0].State);
    }

    /// <summary>Shuts out what is under way, in all databases: afterwards what is there is all there will be.</summary>
    public async Task ShutOutAsync(CancellationToken cancellationToken)
    {
        foreach (var database in engine.DatabasesOf(definition))
        {
            if (!await Fence.RaiseAsync(database, definition.Name, id, _token, cancellationToken).ConfigureAwait(false))
            {
                throw Overtaken();
            }
        }
    }

    /// <summary>Which steps have left something behind.</summary>
    public async Task<IReadOnlyList<StoredResult>> ResultsAsync(CancellationToken cancellationToken)
    {
        var results = new List<StoredResult>();
        foreach (var database in engine.DatabasesOf(definition))
        {
            results.AddRange(await StepResults.LoadAsync(database, definition.Name, id, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    /// <summary>Leaves a result in the place of a step or a compensation.</summary>
    /// <returns>False where it has left one itself.</returns>
    public async Task<bool> SkipAsync(SagaWork work, string? result, string reason, CancellationToken cancellationToken)
    {
        if ((await ResultsAsync(cancellationToken).ConfigureAwait(false)).Any(found => found.IsCompensation == work.IsCompensation && string.Equals(found.Step, work.Step.Name, StringComparison.Ordinal)))
        {
            return false;
        }

        await DatabaseCall.RunAsync(
            work.Target is { } target ? engine.Database(target) : engine.Home,
            "Skipping a step",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.Skip, connection);
                BindWork(command, work);
                command.Parameters.Json(result);
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        await DatabaseCall.RunAsync(
            engine.Home,
            "Skipping a step",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.TellSkipped, connection);
                BindWork(command, work);
                command.Parameters.Text(reason);
                command.Parameters.Text(engine.Options.NodeName);
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives it back as it was, where nothing is done to it after all. That is a courtesy: where it fails, the lease ends by itself.</summary>
    public async Task RestoreAsync()
    {
        try
        {
            await DatabaseCall.RunAsync(
                engine.Home,
                "Giving back a saga",
                async (connection, token) =>
                {
                    using var command = new NpgsqlCommand(OperationSql.Restore, connection);
                    command.Parameters.Text(definition.Name);
                    command.Parameters.Text(id);
                    command.Parameters.Number(_token);
                    return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                },
                CancellationToken.None).ConfigureAwait(false);
            engine.Wakeups.WakeIn(TimeSpan.Zero);
        }
        catch (DualDbException exception)
        {
            SagaLog.JournalLost(engine.Logger, engine.Home.Kind, exception.Message);
        }
    }

    /// <summary>Gives it back.</summary>
    /// <param name="state">Its state from now on.</param>
    /// <param name="error">Why it is compensated; null where that is known or it is not.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task GiveBackAsync(SagaState state, string? error, CancellationToken cancellationToken)
    {
        var changed = await DatabaseCall.RunAsync(
            engine.Home,
            "Giving back a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.GiveBack, connection);
                command.Parameters.Text(definition.Name);
                command.Parameters.Text(id);
                command.Parameters.Number(_token);
                command.Parameters.Text((state == SagaState.Waiting ? SagaState.Running : state).ToText());
                command.Parameters.Text(error);
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (changed == 0)
        {
            throw Overtaken();
        }

        engine.Wakeups.WakeIn(TimeSpan.Zero);
    }

    private void BindWork(NpgsqlCommand command, SagaWork work)
    {
        command.Parameters.Text(definition.Name);
        command.Parameters.Text(id);
        command.Parameters.Text(work.Step.Name);
        command.Parameters.Text(work.Kind);
    }

    private async Task<SagaOperationException> RefusalAsync(string action, SagaState[] allowed, CancellationToken cancellationToken)
    {
        var glance = await engine.Journal.GlanceAsync(definition.Name, id, cancellationToken).ConfigureAwait(false);
        return new SagaOperationException(glance is null
            ? $"There is no saga '{definition.Name}' of '{id}'. Look for it with db.Sagas.Operations.ListAsync."
            : $"The saga '{definition.Name}' of '{id}' is {glance.State}, and '{action}' is for one that is {string.Join(" or ", allowed)}. Nothing was changed.") { Saga = definition.Name, Id = id };
    }

    private SagaOperationException Overtaken()
        => new($"The saga '{definition.Name}' of '{id}' was taken by another node or operator meanwhile. Look at it again, and repeat what is still needed.") { Saga = definition.Name, Id = id };
}
