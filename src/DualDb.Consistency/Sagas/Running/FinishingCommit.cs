using DualDb.Consistency.Sagas.Journal;
using Npgsql;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>
/// The end of a saga whose last step is committed in the home database: the journal says so in that very transaction, which spares one of its own. Where the node no longer has the instance, the
/// statement changes nothing, and the effect stands for whoever has it now to find.
/// </summary>
internal sealed class FinishingCommit
{
    private readonly SagaInstance _instance;
    private readonly TimelineEntry[] _entries;

    private FinishingCommit(SagaEngine engine, SagaInstance instance, TimelineEntry last, string? result)
    {
        _instance = instance;
        _entries = [.. instance.Untold().Where(entry => entry.Work != last.Work || entry.Attempt != last.Attempt), last with { State = TimelineEntry.Succeeded, Ended = engine.Time.GetTimestamp() }];
        Statement = engine.Journal.Change(instance.Definition.Name, instance.Id, instance.Token, JournalChange.Finish(SagaState.Completed, result, mayRepeat: !instance.IsNew || instance.HasToldOf(_entries)), _entries);
    }

    /// <summary>Travels in front of the commit.</summary>
    public NpgsqlBatchCommand Statement { get; }

    /// <summary>The end that an attempt makes if it succeeds; null where there is more to do, or where the journal is elsewhere.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="database">Where it is committed.</param>
    /// <param name="result">What the step returned, as JSON; null for nothing.</param>
    public static FinishingCommit? Of(SagaEngine engine, SagaInstance instance, TimelineEntry attempt, PostgresDatabase database, string? result)
    {
        var work = attempt.Work;
        if (database.Kind != engine.Home.Kind || instance.IsCompensating || !instance.Definition.Steps.All(step => step == work || instance.IsDone(step)))
        {
            return null;
        }

        var resultStep = instance.Definition.ResultStep;
        return new FinishingCommit(engine, instance, attempt, resultStep == work ? result : resultStep is null ? null : Stored(instance, resultStep));
    }

    /// <summary>It is committed.</summary>
    public void Committed()
    {
        if (Statement.Rows > 0)
        {
            _instance.Told(_entries);
            _instance.IsFinished = true;
        }
    }

    private static string? Stored(SagaInstance instance, SagaStep step) => instance.Values.Raw(step.Index) is { } value ? step.Encode(value) : null;
}
