namespace DualDb.Consistency.Sagas;

/// <summary>
/// Makes a method a step of its saga. Its parameters are found by type: the input of the saga, results of earlier steps, <see cref="NeonTransaction"/> or
/// <see cref="SupabaseTransaction"/>, <see cref="SagaContext"/>, <see cref="CancellationToken"/>. It returns <see cref="Task"/> or <see cref="Task{TResult}"/>.
/// </summary>
/// <param name="number">Its place: steps run in the order of their numbers, those of the same number at the same time.</param>
/// <remarks>
/// With a transaction the step takes effect exactly once, since its result is committed with its effect; do not end the transaction. Without one it is repeated until it answers: hand
/// <see cref="SagaContext.IdempotencyKey"/> to whom it speaks to.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StepAttribute(int number) : Attribute
{
    /// <summary>Its place among the steps.</summary>
    public int Number { get; } = number;
}

/// <summary>Makes a method the way back of a step. It runs when the saga fails after the step has taken effect, in the reverse order of the steps, and is repeated until it succeeds.</summary>
/// <param name="step">The method of the step.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CompensatesAttribute(string step) : Attribute
{
    /// <summary>The method of the step.</summary>
    public string Step { get; } = step;
}

/// <summary>From this step's success on there is no way back: earlier steps are no longer compensated, and later ones are repeated until they succeed.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class PivotAttribute : Attribute;

/// <summary>What this step returns is the result of the saga. Where no step is marked, it is that of the first one that returns something.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ResultAttribute : Attribute;
