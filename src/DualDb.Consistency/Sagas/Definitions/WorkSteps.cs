using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sagas;

/// <summary>A step that returns something.</summary>
internal sealed class ResultStep<TSaga, TResult>(string name, int number, Database? target, SagaCodec<TResult> codec, Func<TSaga, SagaValues, StepCall, Task<TResult>> run)
    : SagaStep(name, number, target, SignatureOf(target, codec.Signature))
    where TSaga : class
{
    internal override bool HasResult => true;

    internal override JsonMask? ResultMask => codec.Mask;

    internal override async Task<object?> InvokeAsync(object saga, SagaValues values, StepCall call)
        => await run((TSaga)saga, values, call).ConfigureAwait(false);

    internal override string? Encode(object? result) => codec.Encode((TResult)result!);

    internal override object? Decode(string? json) => json is null ? null : codec.Decode(json);
}

/// <summary>A step that returns nothing.</summary>
internal sealed class ActionStep<TSaga>(string name, int number, Database? target, Func<TSaga, SagaValues, StepCall, Task> run)
    : SagaStep(name, number, target, SignatureOf(target, "nothing"))
    where TSaga : class
{
    internal override bool HasResult => false;

    internal override async Task<object?> InvokeAsync(object saga, SagaValues values, StepCall call)
    {
        await run((TSaga)saga, values, call).ConfigureAwait(false);
        return null;
    }

    internal override string? Encode(object? result) => null;

    internal override object? Decode(string? json) => null;
}
