using System.Text.Json;
using DualDb.Consistency.Sagas.Definitions;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using Npgsql;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Reads how far an instance has come that this node has not begun itself.</summary>
internal sealed class SavedProgress(SagaEngine engine, SagaInstance instance)
{
    private string Saga => instance.Definition.Name;

    /// <summary>Reads it, from the journal and from what its steps have left behind in every database.</summary>
    /// <returns>Why the instance cannot go on; null where it can.</returns>
    public async Task<string?> LoadAsync(CancellationToken cancellationToken)
    {
        await LoadAttemptsAsync(cancellationToken).ConfigureAwait(false);
        if (await LoadResultsAsync(cancellationToken).ConfigureAwait(false) is { } unreadable)
        {
            return unreadable;
        }

        return string.Equals(instance.Held.Definition, instance.Definition.Hash, StringComparison.Ordinal)
            ? null
            : await AdoptAsync().ConfigureAwait(false);
    }

    /// <summary>Reads what the steps have left behind.</summary>
    /// <returns>Why it cannot be read; null where it can.</returns>
    public async Task<string?> LoadResultsAsync(CancellationToken cancellationToken)
    {
        foreach (var database in engine.DatabasesOf(instance.Definition))
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

    private async Task<string?> AdoptAsync()
    {
        var done = instance.Definition.Steps
            .Where(step => instance.IsDone(step) || instance.MayHaveRun(step))
            .Select(static step => step.Name)
            .Concat(_unknown)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (DefinitionChange.Find(instance.Definition, instance.Held.Signatures, done) is { } change)
        {
            return $"The saga was changed under this instance: {change}. Deploy a version that both fit, or decide what becomes of it with db.Sagas.Operations.";
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
