using System.Text.Json;
using DualDb.Consistency.Sagas.Operating;

namespace DualDb.Consistency.Sagas;

/// <summary>
/// What operators see of sagas and can do to them: <c>db.Sagas.Operations</c>. Everything that is done is written into <c>dualdb.saga_audit</c>, with who and why, before it is done. Inputs
/// and results may hold personal data: show them to those who may see it.
/// </summary>
public sealed class SagaOperations
{
    private static readonly SagaState[] Unfinished = [SagaState.Running, SagaState.Waiting, SagaState.Compensating, SagaState.CompensationFailed, SagaState.Parked];
    private static readonly SagaState[] Ahead = [SagaState.Running, SagaState.Waiting, SagaState.Parked];
    private static readonly SagaState[] Back = [SagaState.Compensating, SagaState.CompensationFailed, SagaState.Parked];

    private readonly SagaSet _sagas;

    internal SagaOperations(SagaSet sagas) => _sagas = sagas;

    /// <summary>Lists instances, the newest first.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The journal failed.</exception>
    public Task<IReadOnlyList<SagaSummary>> ListAsync(SagaFilter? filter = null, int limit = 100, SagaSummary? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return SagaReports.ListAsync(_sagas.Engine, filter ?? new SagaFilter(), limit, after, cancellationToken);
    }

    /// <summary>Finds one instance with its attempts, results and audit; null where there is none.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The journal, or a database with results, failed.</exception>
    public Task<SagaDetails?> FindAsync(string saga, SagaId id, CancellationToken cancellationToken = default)
        => SagaReports.FindAsync(_sagas.Engine, saga, id.Require(saga), cancellationToken);

    /// <summary>Counts those that are under way or stopped, by saga and state.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The journal failed.</exception>
    public Task<IReadOnlyList<SagaCount>> CountsAsync(CancellationToken cancellationToken = default) => SagaReports.CountsAsync(_sagas.Engine, cancellationToken);

    /// <summary>Reads the attempts of one instance page by page, however many there are: a saga of many steps, or one that has been tried for weeks.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The journal, or a database with results, failed.</exception>
    public Task<SagaTimelinePage> TimelineAsync(string saga, SagaId id, SagaAttempt? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return new SagaTimeline(_sagas.Engine, saga, id.Require(saga)).ReadAsync(after, limit, cancellationToken);
    }

    /// <summary>The names of the sagas of this application, in order.</summary>
    public IReadOnlyList<string> Names => [.. _sagas.Engine.Definitions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The steps of a saga; none where this application does not know it.</summary>
    /// <param name="saga">The name of the saga.</param>
    public IReadOnlyList<SagaStepInfo> StepsOf(string saga)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return _sagas.Engine.Definitions.GetValueOrDefault(saga) is { } definition
            ? [.. definition.Steps.Select(static step => new SagaStepInfo(step.Name, step.Number, step.Target, step.HasResult, step.Compensation is not null, step.IsPivot))]
            : [];
    }

    /// <summary>What a list says of one instance, with its input, result and audit, and without its attempts; null where there is none.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal Task<SagaDetails?> HeadAsync(string saga, SagaId id, CancellationToken cancellationToken) => SagaReports.HeadAsync(_sagas.Engine, saga, id.Require(saga), cancellationToken);

    /// <summary>Has an instance go on that has come to a stop or is in a pause; its attempts are counted from the beginning.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">It is finished, or there is none.</exception>
    public async Task ResumeAsync(string saga, SagaId id, string who, string reason, CancellationToken cancellationToken = default)
    {
        var intervention = await BeginAsync("resume", saga, id, step: null, who, reason, Unfinished, cancellationToken).ConfigureAwait(false);
        await ActAsync(intervention, () => intervention.GiveBackAsync(intervention.State, error: null, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Has a step tried again at once, or its compensation where the instance goes back; attempts are counted from the beginning.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="step">The step.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">It is finished, or there is no such instance or step.</exception>
    public async Task RetryStepAsync(string saga, SagaId id, string step, string who, string reason, CancellationToken cancellationToken = default)
    {
        RequireStep(saga, id, step);
        var intervention = await BeginAsync("retry", saga, id, step, who, reason, Unfinished, cancellationToken).ConfigureAwait(false);
        await intervention.GiveBackAsync(intervention.State, error: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a step for done that an operator has seen to, or that is not needed. It will not be compensated.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="step">The step.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="result">Its result as JSON, for a step that returns something; else null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">The instance goes back or is finished, the result is none of the step's, or there is no such instance or step.</exception>
    public async Task SkipStepAsync(string saga, SagaId id, string step, string who, string reason, string? result = null, CancellationToken cancellationToken = default)
    {
        var skipped = RequireStep(saga, id, step);
        RequireResult(saga, id, skipped, result);
        await SkipAsync("skip", saga, id, skipped, who, reason, Ahead, result, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the compensation of a step for done.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="step">The step that is not compensated.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">The instance does not go back, the step has no compensation, or there is no such instance or step.</exception>
    public async Task SkipCompensationAsync(string saga, SagaId id, string step, string who, string reason, CancellationToken cancellationToken = default)
    {
        var compensation = RequireStep(saga, id, step).Compensation
            ?? throw Refused(saga, id, $"The step {step} of the saga '{saga}' has no compensation that could be skipped.");
        await SkipAsync("skip-compensation", saga, id, compensation, who, reason, Back, result: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has an instance undo what it has done, also one that is completed. Behind a <see cref="PivotAttribute"/> it is refused.</summary>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="id">The id.</param>
    /// <param name="who">Who asks for it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SagaOperationException">It goes back already, it is beyond its pivot, or there is none.</exception>
    public async Task CompensateAsync(string saga, SagaId id, string who, string reason, CancellationToken cancellationToken = default)
    {
        var intervention = await BeginAsync("compensate", saga, id, step: null, who, reason, [.. Ahead, SagaState.Completed], cancellationToken).ConfigureAwait(false);
        await ActAsync(intervention, async () =>
        {
            if (intervention.State == SagaState.Compensating)
            {
                throw Refused(saga, id, $"The saga '{saga}' of '{id.Text}' was parked while it went back. Resume it, and it goes on with that.");
            }

            await intervention.ShutOutAsync(cancellationToken).ConfigureAwait(false);
            var done = await intervention.ResultsAsync(cancellationToken).ConfigureAwait(false);
            if (RequireSaga(saga, id).Steps.FirstOrDefault(step => step.IsPivot && done.Any(result => !result.IsCompensation && string.Equals(result.Step, step.Name, StringComparison.Ordinal))) is { } pivot)
            {
                throw Refused(saga, id, $"The saga '{saga}' of '{id.Text}' is beyond its pivot {pivot.Name}: there is no way back. Resume it, or skip what holds it up.");
            }

            await intervention.GiveBackAsync(SagaState.Compensating, $"{who} has it compensated: {reason}", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task SkipAsync(
        string action, string saga, SagaId id, SagaWork work, string who, string reason, SagaState[] allowed, string? result, CancellationToken cancellationToken)
    {
        var intervention = await BeginAsync(action, saga, id, work.Step.Name, who, reason, allowed, cancellationToken).ConfigureAwait(false);
        await ActAsync(intervention, async () =>
        {
            if ((intervention.State == SagaState.Compensating) != work.IsCompensation)
            {
                throw Refused(saga, id, $"The saga '{saga}' of '{id.Text}' is {(work.IsCompensation ? "not " : "")}on its way back, so that there is nothing to skip there.");
            }

            await intervention.ShutOutAsync(cancellationToken).ConfigureAwait(false);
            if (!await intervention.SkipAsync(work, result, reason, cancellationToken).ConfigureAwait(false))
            {
                throw Refused(saga, id, $"{work.Method} of the saga '{saga}' of '{id.Text}' is done already, so that there is nothing to skip.");
            }

            await intervention.GiveBackAsync(intervention.State, error: null, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Does something to an instance that was taken, and gives it back as it was where that fails.</summary>
    private static async Task ActAsync(Intervention intervention, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception)
        {
            await intervention.RestoreAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Intervention> BeginAsync(
        string action, string saga, SagaId id, string? step, string who, string reason, SagaState[] allowed, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var intervention = new Intervention(_sagas.Engine, RequireSaga(saga, id), id.Require(saga));
        await intervention.TakeAsync(action, step, (who, reason), allowed, cancellationToken).ConfigureAwait(false);
        return intervention;
    }

    private SagaDefinition RequireSaga(string saga, SagaId id)
    {
        ArgumentNullException.ThrowIfNull(saga);
        return _sagas.Engine.Definitions.GetValueOrDefault(saga)
            ?? throw Refused(saga, id, $"This application knows no saga '{saga}'. It knows {string.Join(", ", _sagas.Engine.Definitions.Keys.Select(static name => $"'{name}'"))}.");
    }

    private SagaStep RequireStep(string saga, SagaId id, string step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var definition = RequireSaga(saga, id);
        return definition.Steps.FirstOrDefault(one => string.Equals(one.Name, step, StringComparison.Ordinal))
            ?? throw Refused(saga, id, $"The saga '{saga}' has no step {step}. It has {string.Join(", ", definition.Steps.Select(static one => one.Name))}.");
    }

    private static void RequireResult(string saga, SagaId id, SagaStep step, string? result)
    {
        if (step.HasResult == (result is null))
        {
            throw Refused(saga, id, step.HasResult
                ? $"The step {step.Name} of the saga '{saga}' returns something that later steps may need. Give its result as JSON."
                : $"The step {step.Name} of the saga '{saga}' returns nothing. Leave the result out.");
        }

        try
        {
            // Reading alone would stop behind the first value.
            using var whole = result is null ? null : JsonDocument.Parse(result);
            step.Decode(result);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw Refused(saga, id, $"The result is none of the step {step.Name} of the saga '{saga}': {exception.Message}");
        }
    }

    private static SagaOperationException Refused(string saga, SagaId id, string message) => new(message) { Saga = saga, Id = id.ToString() };
}
