using System.ComponentModel;

namespace DualDb.Consistency.Sagas;

/// <summary>The way back of a step, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SagaCompensation : SagaWork
{
    private SagaStep? _step;

    private protected SagaCompensation(string method, Database? target, bool needsResult)
        : base(method, target)
        => NeedsResult = needsResult;

    /// <summary>Whether it cannot be called without the result of its step.</summary>
    internal bool NeedsResult { get; }

    internal override SagaStep Step => _step!;

    internal override bool IsCompensation => true;

    /// <summary>The way back of a step.</summary>
    /// <typeparam name="TSaga">The class.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="target">The database whose transaction it is given; null for none.</param>
    /// <param name="run">Calls it.</param>
    /// <param name="needsResult">Whether it takes the result of its step, and would not take null for it.</param>
    /// <param name="retry">How often it is tried; null for until it succeeds.</param>
    /// <param name="timeout">How long one attempt may take; null for 30 seconds.</param>
    public static SagaCompensation Of<TSaga>(
        string method,
        Database? target,
        Func<TSaga, SagaValues, StepCall, Task> run,
        bool needsResult = true,
        RetryPolicy? retry = null,
        TimeSpan? timeout = null)
        where TSaga : class
        => new SagaCompensation<TSaga>(method, target, run, needsResult) { Retry = retry, Timeout = timeout ?? TimeSpan.FromSeconds(30) };

    internal void Belongs(SagaStep step) => _step = step;

    internal override string? Encode(object? result) => null;
}

/// <inheritdoc cref="SagaCompensation"/>
internal sealed class SagaCompensation<TSaga>(string method, Database? target, Func<TSaga, SagaValues, StepCall, Task> run, bool needsResult)
    : SagaCompensation(method, target, needsResult)
    where TSaga : class
{
    internal override async Task<object?> InvokeAsync(object saga, SagaValues values, StepCall call)
    {
        await run((TSaga)saga, values, call).ConfigureAwait(false);
        return null;
    }
}
