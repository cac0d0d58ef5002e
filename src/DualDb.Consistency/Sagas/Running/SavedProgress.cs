using System.Text.Json;
using DualDb.Consistency.Sagas.Definitions;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using Npgsql;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>What keeps an instance from going on here.</summary>
/// <param name="Reason">It.</param>
/// <param name="IsOfDefinition">Whether it may fit the definition of another node.</param>
internal sealed record Obstacle(string Reason, bool IsOfDefinition = false);

/// <summary>Reads how far an instance has come that this node has not begun itself.</summary>
internal sealed class SavedProgress(SagaEngine engine, SagaInstance instance)
{
    private string Saga => instance.Definition.Name;

    /// <summary>Whether the instance was last run under the definition of this process.</summary>
    private bool IsOwn => string.Equals(instance.Held.Definition, instance.Definition.Hash, StringComparison.Ordinal);

    /// <summary>Reads it, from the journal and from what its steps have left behind in every database.</summary>
    /// <param name="unreadableInput">Why its input could not be read; null where it could.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Why the instance cannot go on; null where it can.</returns>
    public async Task<Obstacle?> LoadAsync(string? unreadableInput, CancellationToken cancellationToken)
    {
        if (unreadableInput is not null)
        {
            return new Obstacle($"{unreadableInput} Bring back a version of the application that can read it, or decide what becomes of it with db.Sagas.Operations.", !IsOwn);
        }

        await LoadAttemptsAsync(cancellationToken).ConfigureAwait(false);
        var databases = IsOwn ? engine.DatabasesOf(instance.Definition) : await ShutOutOthersAsync(cancellationToken).ConfigureAwait(false);
        if (await LoadResultsAsync(databases, cancellationToken).ConfigureAwait(false) is { } unreadable)
        {
            return new Obstacle(unreadable, !IsOwn);
        }

        return IsOwn && instance.Held.LeftFor is null ? null : await AdoptAsync().ConfigureAwait(false);
    }

    /// <summary>Reads what the steps have left behind.</summary>
    /// <returns>Why it cannot be read; null where it can.</returns>
    public Task<string?> LoadResultsAsync(CancellationToken cancellationToken) => LoadResultsAsync(engine.DatabasesOf(instance.Definition), cancellationToken);

    /// <summary>Another definition may have left something where this one does nothing, and may be about to.</summary>
    /// <returns>The databases in which there may be results.</returns>
    private async Task<List<PostgresDatabase>> ShutOutOthersAsync(CancellationToken cancellationToken)
    {
        var own = engine.DatabasesOf(instance.Definition);
        var databases = new List<PostgresDatabase>();
        foreach (var database in engine.Databases)
        {
            try
            {
                if (!await Fence.RaiseAsync(database, Saga, instance.Id, instance.Token, cancellationToken).ConfigureAwait(false))
                {
                    throw new InstanceLostException();
                }

                instance.HasFence(database.Kind);
                databases.Add(database);
            }
            catch (SchemaVersionException) when (!own.Contains(database))
            {
                // Without the tables no step of any definition can have left anything there.
            }
        }

        return databases;
    }

    private async Task<string?> LoadResultsAsync(IReadOnlyList<PostgresDatabase> databases, CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            foreach (var result in await StepResults.LoadAsync(database, Saga, instance.Id, cancellationToken).ConfigureAwait(false))
            {
                if (Take(result) is { } unreadable)
                {
                    return unreadable;
                }
            }
        }

        return null;
    }

    private string? Take(StoredResult stored)
    {
        if (Find(stored.Step) is not { } step)
        {
            _unknown.Add(stored.Step);
            return null;
        }

        try
        {
            SagaWork? work = stored.IsCompensation ? step.Compensation : step;
            if (work is not null)
            {
                instance.Done(work, stored.IsCompensation ? null : step.Decode(stored.Result), stored.IsSkipped);
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return $"The result of the step {step.Name} cannot be read: {exception.Message} Bring back the version of the application that wrote it, or skip what needs it.";
        }
    }

    private readonly List<string> _unknown = [];

    private async Task<Obstacle?> AdoptAsync()
    {
        var done = instance.Definition.Steps
            .Where(step => instance.IsDone(step) || instance.MayHaveRun(step))
            .Select(static step => step.Name)
            .Concat(_unknown)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (!IsOwn && DefinitionChange.Find(instance.Definition, instance.Held.Signatures, done) is { } change)
        {
            return new Obstacle($"The saga was changed under this instance: {change}. Deploy a version that both fit, or decide what becomes of it with db.Sagas.Operations.", IsOfDefinition: true);
        }

        await engine.ChangeAsync(instance, JournalChange.Adopt(instance.Definition)).ConfigureAwait(false);
        return null;
    }

    private async Task LoadAttemptsAsync(CancellationToken cancellationToken)
    {
        var rows = await DatabaseCall.RunAsync(
            engine.Home,
            "Reading the journal of a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(JournalSql.Attempts, connection);
                command.Parameters.Text(Saga);
                command.Parameters.Text(instance.Id);
                return await command.ListAsync(
                    static reader => new StoredAttempts(
                        reader.GetString(0),
                        string.Equals(reader.GetString(1), "compensation", StringComparison.Ordinal),
                        reader.GetInt32(2),
                        reader.GetInt32(3),
                        reader.GetBoolean(4)),
                    token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            SagaWork? work = row.IsCompensation ? Find(row.Step)?.Compensation : Find(row.Step);
            if (work is not null)
            {
                instance.Knows(work, row);
            }
            else if (row is { IsCompensation: false, IsOpen: true })
            {
                _unknown.Add(row.Step);
            }
        }
    }

    private SagaStep? Find(string name) => instance.Definition.Steps.FirstOrDefault(step => string.Equals(step.Name, name, StringComparison.Ordinal));
}
