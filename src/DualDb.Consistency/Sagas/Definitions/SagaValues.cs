using System.ComponentModel;

namespace DualDb.Consistency.Sagas;

/// <summary>What the parameters of steps are taken from: the input, and the results of earlier steps by their places in the definition.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SagaValues
{
    private readonly object?[] _results;
    private readonly bool[] _isKnown;

    internal SagaValues(object? input, int steps)
    {
        InputValue = input;
        _results = new object?[steps];
        _isKnown = new bool[steps];
    }

    internal object? InputValue { get; }

    /// <summary>The input of the saga.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T Input<T>() => (T)InputValue!;

    /// <summary>The result of a step.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="step">The place of the step in the definition, from 0.</param>
    public T Result<T>(int step) => (T)_results[step]!;

    /// <summary>The result of a step; the default where nobody knows whether it took effect.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="step">The place of the step in the definition, from 0.</param>
    public T? ResultOrDefault<T>(int step) => _isKnown[step] ? (T?)_results[step] : default;

    internal bool IsKnown(int step) => _isKnown[step];

    internal object? Raw(int step) => _results[step];

    internal void Set(int step, object? result)
    {
        _results[step] = result;
        _isKnown[step] = true;
    }
}
