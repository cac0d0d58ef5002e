using System.ComponentModel;

namespace DualDb.Consistency.Sagas;

/// <summary>A saga of a root, such as <c>db.Sagas.CreateOrder</c>.</summary>
/// <typeparam name="TInput">What it is started with.</typeparam>
public abstract class StartableSaga<TInput>
    where TInput : notnull
{
    private readonly SagaSet _sagas;
    private readonly SagaDefinition _definition;

    private protected StartableSaga(SagaSet sagas, SagaDefinition definition)
    {
        _sagas = sagas;
        _definition = definition;
    }

    /// <summary>The name under which instances are kept.</summary>
    public string Name => _definition.Name;

    /// <summary>
    /// Starts an instance and returns as soon as the journal has it: from then on it is finished or undone, whatever crashes. Where the id was started before, nothing happens.
    /// </summary>
    /// <param name="id">The id, the same when the call is repeated.</param>
    /// <param name="input">What it is started with.</param>
    /// <param name="cancellationToken">Cancels the call; the instance may have been started all the same.</param>
    /// <exception cref="SagaInputMismatchException">The id was started with another input.</exception>
    /// <exception cref="SagaRefusedException">The id or the input cannot be stored.</exception>
    /// <exception cref="DualDbException">The journal failed; call again under the same id to be sure.</exception>
    public Task StartAsync(SagaId id, TInput input, CancellationToken cancellationToken = default)
        => _sagas.Engine.StartAsync(_definition, id.Require(Name), input, cancellationToken);

    private protected async Task<object?> RunUntypedAsync(SagaId id, TInput input, CancellationToken cancellationToken)
    {
        await StartAsync(id, input, cancellationToken).ConfigureAwait(false);
        return await WaitUntypedAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private protected async Task<object?> WaitUntypedAsync(SagaId id, CancellationToken cancellationToken)
    {
        var end = await _sagas.Engine.WaitAsync(_definition, id.Require(Name), cancellationToken).ConfigureAwait(false);
        return end.Require(_definition, id.Text);
    }
}

/// <summary>A saga that returns nothing.</summary>
/// <typeparam name="TInput">What it is started with.</typeparam>
/// <param name="sagas">The sagas of the root.</param>
/// <param name="definition">The saga.</param>
[method: EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Saga<TInput>(SagaSet sagas, SagaDefinition definition) : StartableSaga<TInput>(sagas, definition)
    where TInput : notnull
{
    /// <summary>Starts an instance, or joins the one that has the id, and waits until it is finished. Cancelling ends the waiting, not the saga.</summary>
    /// <param name="id">The id, the same when the call is repeated.</param>
    /// <param name="input">What it is started with.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="SagaFailedException">It failed, and what it had done was undone.</exception>
    /// <exception cref="SagaCompensationFailedException">It failed, and part of what it had done is still there.</exception>
    /// <exception cref="SagaParkedException">It cannot go on by itself.</exception>
    /// <exception cref="SagaInputMismatchException">The id was started with another input.</exception>
    /// <exception cref="SagaRefusedException">The id or the input cannot be stored.</exception>
    /// <exception cref="DualDbException">The journal failed; the saga may go on. Call again under the same id.</exception>
    public Task RunAsync(SagaId id, TInput input, CancellationToken cancellationToken = default) => RunUntypedAsync(id, input, cancellationToken);

    /// <summary>Waits until an instance is finished that was started before.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task WaitAsync(SagaId id, CancellationToken cancellationToken = default) => WaitUntypedAsync(id, cancellationToken);
}

/// <summary>A saga that returns something.</summary>
/// <typeparam name="TInput">What it is started with.</typeparam>
/// <typeparam name="TResult">What it returns.</typeparam>
/// <param name="sagas">The sagas of the root.</param>
/// <param name="definition">The saga.</param>
[method: EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Saga<TInput, TResult>(SagaSet sagas, SagaDefinition definition) : StartableSaga<TInput>(sagas, definition)
    where TInput : notnull
{
    /// <inheritdoc cref="Saga{TInput}.RunAsync"/>
    /// <returns>The result of the step marked with <see cref="ResultAttribute"/>, else that of the first step that returns something.</returns>
    public async Task<TResult> RunAsync(SagaId id, TInput input, CancellationToken cancellationToken = default)
        => (TResult)(await RunUntypedAsync(id, input, cancellationToken).ConfigureAwait(false))!;

    /// <summary>Waits until an instance is finished that was started before.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<TResult> WaitAsync(SagaId id, CancellationToken cancellationToken = default)
        => (TResult)(await WaitUntypedAsync(id, cancellationToken).ConfigureAwait(false))!;
}
