using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sagas;

/// <summary>A saga, as generated code lists it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SagaDefinition
{
    private protected SagaDefinition(string name, string inputSignature, TimeSpan? deadline, int? resultStep, IReadOnlyList<SagaStep> steps)
    {
        Name = name;
        Deadline = deadline;
        Steps = steps;
        for (var index = 0; index < steps.Count; index++)
        {
            steps[index].Index = index;
            steps[index].Compensation?.Belongs(steps[index]);
        }

        Groups = [.. steps.GroupBy(static step => step.Number).OrderBy(static group => group.Key).Select(static group => group.ToArray())];
        ResultStep = resultStep is { } index2 ? steps[index2] : steps.FirstOrDefault(static step => step.HasResult);
        Signatures = [$"input {inputSignature}", .. steps.Select(static step => string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Number} {step.Signature}"))];
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Signatures))))[..16];
    }

    /// <summary>The name under which instances are kept.</summary>
    public string Name { get; }

    /// <summary>How long an instance may take; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>The steps, in the order of their numbers.</summary>
    public IReadOnlyList<SagaStep> Steps { get; }

    /// <summary>The steps by their numbers: what runs at the same time.</summary>
    internal SagaStep[][] Groups { get; }

    /// <summary>The step whose result is the saga's; null for none.</summary>
    internal SagaStep? ResultStep { get; }

    /// <summary>The input and the steps, one line each, as an instance keeps them.</summary>
    internal string[] Signatures { get; }

    /// <summary>Changes with any of the signatures.</summary>
    internal string Hash { get; }

    /// <summary>What of its input nobody but the application is shown; null for nothing.</summary>
    internal abstract JsonMask? InputMask { get; }

    internal abstract object Create(IDualDatabase root, IServiceProvider services);

    internal abstract string EncodeInput(object input);

    internal abstract object DecodeInput(string json);
}

/// <inheritdoc cref="SagaDefinition"/>
/// <typeparam name="TSaga">The class.</typeparam>
/// <typeparam name="TInput">What it is started with.</typeparam>
/// <param name="name">The name under which instances are kept.</param>
/// <param name="input">How its input is stored.</param>
/// <param name="create">Makes an instance of the class.</param>
/// <param name="deadline">How long an instance may take; null for as long as it takes.</param>
/// <param name="resultStep">The place of the step whose result is the saga's; null for that of the first one that returns something.</param>
/// <param name="steps">The steps, in the order of their numbers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SagaDefinition<TSaga, TInput>(
    string name, SagaCodec<TInput> input, Func<IDualDatabase, IServiceProvider, TSaga> create, TimeSpan? deadline, int? resultStep, params IReadOnlyList<SagaStep> steps)
    : SagaDefinition(name, input.Signature, deadline, resultStep, steps)
    where TSaga : class
    where TInput : notnull
{
    internal override JsonMask? InputMask => input.Mask;

    internal override object Create(IDualDatabase root, IServiceProvider services) => create(root, services);

    internal override string EncodeInput(object input1) => input.Encode((TInput)input1);

    internal override object DecodeInput(string json) => input.Decode(json);
}
