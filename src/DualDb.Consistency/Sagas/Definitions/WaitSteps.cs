using System.Text.Json;
using DualDb.Consistency.Events;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sagas;

/// <summary>A step in which nothing is done but waiting.</summary>
internal abstract class WaitStep(string name, int number, string signature) : SagaStep(name, number, target: null, signature)
{
    internal override Task<object?> InvokeAsync(object saga, SagaValues values, StepCall call)
        => throw new InvalidOperationException("A step that waits is not called.");
}

/// <summary>A step that waits for an event.</summary>
internal abstract class EventStep(string name, int number, string eventName, TimeSpan? timeout) : WaitStep(name, number, $"event:{eventName}")
{
    public string EventName { get; } = eventName;

    public TimeSpan? Limit { get; } = timeout;

    internal override bool HasResult => true;

    public abstract EventKey KeyOf(object saga, SagaValues values, StepCall call);
}

/// <inheritdoc cref="EventStep"/>
internal sealed class EventStep<TSaga, TEvent>(string name, int number, Func<TSaga, SagaValues, StepCall, EventKey> key, TimeSpan? timeout)
    : EventStep(name, number, TEvent.EventName, timeout)
    where TSaga : class
    where TEvent : IDomainEvent<TEvent>
{
    private static readonly SagaCodec<TEvent> Codec = new(TEvent.EventName, TEvent.Write, static (ref Utf8JsonReader reader) => TEvent.Read(ref reader));

    internal override JsonMask? ResultMask => TEvent.Mask;

    public override EventKey KeyOf(object saga, SagaValues values, StepCall call) => key((TSaga)saga, values, call);

    internal override string? Encode(object? result) => Codec.Encode((TEvent)result!);

    internal override object? Decode(string? json) => json is null ? null : Codec.Decode(json);
}

/// <summary>A step that waits for time.</summary>
internal abstract class DelayStep(string name, int number) : WaitStep(name, number, "delay")
{
    internal override bool HasResult => false;

    public abstract TimeSpan DelayOf(object saga, SagaValues values, StepCall call);

    internal override string? Encode(object? result) => null;

    internal override object? Decode(string? json) => null;
}

/// <inheritdoc cref="DelayStep"/>
internal sealed class DelayStep<TSaga>(string name, int number, Func<TSaga, SagaValues, StepCall, TimeSpan> delay) : DelayStep(name, number)
    where TSaga : class
{
    public override TimeSpan DelayOf(object saga, SagaValues values, StepCall call) => delay((TSaga)saga, values, call);
}
