using System.ComponentModel;
using DualDb.Consistency.Events;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sagas;

/// <summary>A step of a saga, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SagaStep : SagaWork
{
    private protected SagaStep(string name, int number, Database? target, string signature)
        : base(name, target)
    {
        Number = number;
        Signature = signature;
    }

    /// <summary>Its place among the steps; those of one number run at the same time.</summary>
    public int Number { get; }

    /// <summary>What changes when an instance that has done the step no longer fits: the type of its result and its database.</summary>
    public string Signature { get; }

    /// <summary>Whether there is no way back once it has taken effect.</summary>
    public bool IsPivot { get; init; }

    /// <summary>Its way back; null for none.</summary>
    public SagaCompensation? Compensation { get; init; }

    /// <summary>The name under which it is stored.</summary>
    internal string Name => Method;

    /// <summary>Its place in the definition, from 0.</summary>
    internal int Index { get; set; }

    /// <summary>Whether it returns something.</summary>
    internal abstract bool HasResult { get; }

    /// <summary>What of its result nobody but the application is shown; null for nothing.</summary>
    internal virtual JsonMask? ResultMask => null;

    internal override SagaStep Step => this;

    internal override bool IsCompensation => false;

    /// <exception cref="System.Text.Json.JsonException">The text is not of the result's type.</exception>
    internal abstract object? Decode(string? json);

    /// <summary>A step that returns something.</summary>
    /// <typeparam name="TSaga">The class.</typeparam>
    /// <typeparam name="TResult">What it returns.</typeparam>
    /// <param name="name">The method.</param>
    /// <param name="number">Its place among the steps.</param>
    /// <param name="target">The database whose transaction it is given; null for none.</param>
    /// <param name="codec">How its result is stored.</param>
    /// <param name="run">Calls it.</param>
    /// <param name="compensation">Its way back; null for none.</param>
    /// <param name="isPivot">Whether there is no way back once it has taken effect.</param>
    /// <param name="retry">How often it is tried; null for what suits it.</param>
    /// <param name="timeout">How long one attempt may take; null for 30 seconds.</param>
    public static SagaStep Of<TSaga, TResult>(
        string name,
        int number,
        Database? target,
        SagaCodec<TResult> codec,
        Func<TSaga, SagaValues, StepCall, Task<TResult>> run,
        SagaCompensation? compensation = null,
        bool isPivot = false,
        RetryPolicy? retry = null,
        TimeSpan? timeout = null)
        where TSaga : class
        => new ResultStep<TSaga, TResult>(name, number, target, codec, run)
        {
            Compensation = compensation,
            IsPivot = isPivot,
            Retry = retry,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };

    /// <summary>A step that returns nothing.</summary>
    /// <inheritdoc cref="Of{TSaga, TResult}"/>
    public static SagaStep Of<TSaga>(
        string name,
        int number,
        Database? target,
        Func<TSaga, SagaValues, StepCall, Task> run,
        SagaCompensation? compensation = null,
        bool isPivot = false,
        RetryPolicy? retry = null,
        TimeSpan? timeout = null)
        where TSaga : class
        => new ActionStep<TSaga>(name, number, target, run)
        {
            Compensation = compensation,
            IsPivot = isPivot,
            Retry = retry,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        };

    /// <summary>A step that waits for an event, which is its result.</summary>
    /// <typeparam name="TSaga">The class.</typeparam>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="name">The method.</param>
    /// <param name="number">Its place among the steps.</param>
    /// <param name="key">Calls it: the key of the event.</param>
    /// <param name="timeout">How long it waits; null for ever.</param>
    public static SagaStep WaitFor<TSaga, TEvent>(string name, int number, Func<TSaga, SagaValues, StepCall, EventKey> key, TimeSpan? timeout = null)
        where TSaga : class
        where TEvent : IDomainEvent<TEvent>
        => new EventStep<TSaga, TEvent>(name, number, key, timeout);

    /// <summary>A step that waits for time.</summary>
    /// <typeparam name="TSaga">The class.</typeparam>
    /// <param name="name">The method.</param>
    /// <param name="number">Its place among the steps.</param>
    /// <param name="delay">Calls it: how long to wait.</param>
    public static SagaStep Delay<TSaga>(string name, int number, Func<TSaga, SagaValues, StepCall, TimeSpan> delay)
        where TSaga : class
        => new DelayStep<TSaga>(name, number, delay);

    private protected static string SignatureOf(Database? target, string type) => $"{target?.ToString() ?? "none"}:{type}";
}
