namespace DualDb.Generators.Model;

/// <summary>A saga: all that its generated file depends on.</summary>
/// <param name="Type">The class.</param>
/// <param name="Name">The name under which instances are kept.</param>
/// <param name="DeadlineSeconds">How long an instance may take; null for as long as it takes.</param>
/// <param name="Input">What it is started with.</param>
/// <param name="Steps">Its steps, in the order of their numbers.</param>
/// <param name="ResultStep">The place of the step whose result is the saga's; null for none.</param>
/// <param name="Codec">How input and results are written and read.</param>
/// <param name="Entry">What the root depends on.</param>
internal sealed record SagaSpec(
    TypeSpec Type, string Name, double? DeadlineSeconds, JsonValueSpec Input, EquatableArray<SagaStepSpec> Steps, int? ResultStep, JsonCodecSpec Codec, SagaEntrySpec Entry);

/// <summary>A saga as the root lists it: no more, so that an edit of a step leaves the root alone.</summary>
/// <param name="Type">The class with <c>global::</c>.</param>
/// <param name="Property">The property of the root's sagas.</param>
/// <param name="Define">The generated method that gives its definition.</param>
/// <param name="Input">The type of its input with <c>global::</c>.</param>
/// <param name="Result">The type of its result with <c>global::</c>; null for none.</param>
/// <param name="IsPublic">Whether all of these are public.</param>
/// <param name="Arguments">What its constructor takes.</param>
/// <param name="Events">The events that it waits for.</param>
internal sealed record SagaEntrySpec(
    string Type, string Property, string Define, string Input, string? Result, bool IsPublic, EquatableArray<SagaArgumentSpec> Arguments, EquatableArray<HandledEventSpec> Events);

/// <summary>What the constructor of a saga takes.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Type">Its type: with <c>global::</c>, or its bare name where nobody has declared it yet.</param>
internal sealed record SagaArgumentSpec(SagaArgumentKind Kind, string Type);

/// <summary>Where an argument of a saga's constructor comes from.</summary>
internal enum SagaArgumentKind
{
    /// <summary>A service of the container.</summary>
    Service,

    /// <summary>The root of that type.</summary>
    Root,

    /// <summary>Whichever root.</summary>
    AnyRoot,

    /// <summary>The container itself.</summary>
    Services,

    /// <summary>A type that does not exist yet: the root that is being generated, or its interface.</summary>
    Unknown,
}

/// <summary>A step of a saga.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Number">Its place among the steps.</param>
/// <param name="Work">The method.</param>
/// <param name="Result">What it returns; null for nothing.</param>
/// <param name="IsPivot">Whether there is no way back once it has taken effect.</param>
/// <param name="Event">The event that it waits for, with <c>global::</c>; null for none.</param>
/// <param name="WaitSeconds">How long it waits for that; null for ever.</param>
/// <param name="Compensation">Its way back; null for none.</param>
/// <param name="NeedsResult">Whether that cannot be called without the step's result.</param>
internal sealed record SagaStepSpec(
    SagaStepKind Kind, int Number, SagaWorkSpec Work, JsonValueSpec? Result, bool IsPivot, string? Event, double? WaitSeconds, SagaWorkSpec? Compensation, bool NeedsResult);

/// <summary>What a step does.</summary>
internal enum SagaStepKind
{
    /// <summary>It has an effect.</summary>
    Work,

    /// <summary>It waits for an event.</summary>
    Event,

    /// <summary>It waits for time.</summary>
    Delay,
}

/// <summary>A method of a saga and how it is called.</summary>
/// <param name="Method">Its name, without <c>@</c>.</param>
/// <param name="IsStatic">Whether it is called without an instance.</param>
/// <param name="IsValueTask">Whether it returns a value task.</param>
/// <param name="Target">The database whose transaction it takes; null for none.</param>
/// <param name="Arguments">What it is given, in order.</param>
/// <param name="Retry">How often it is tried; null for what suits it.</param>
/// <param name="TimeoutSeconds">How long one attempt may take; null for the default.</param>
internal sealed record SagaWorkSpec(
    string Method, bool IsStatic, bool IsValueTask, DatabaseKind? Target, EquatableArray<SagaValueSpec> Arguments, SagaRetrySpec? Retry, double? TimeoutSeconds);

/// <summary>How often a step is tried.</summary>
/// <param name="MaxAttempts">After how many attempts it is given up; 0 for never.</param>
/// <param name="DelayMilliseconds">The first pause.</param>
/// <param name="MaxDelaySeconds">The longest pause.</param>
internal sealed record SagaRetrySpec(int MaxAttempts, int DelayMilliseconds, int MaxDelaySeconds);

/// <summary>An argument of a step.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Type">Its type with <c>global::</c>; empty where the source tells it.</param>
/// <param name="Step">The place of the step whose result it is; -1 for another source.</param>
internal sealed record SagaValueSpec(SagaValueSource Source, string Type, int Step);

/// <summary>Where an argument of a step comes from.</summary>
internal enum SagaValueSource
{
    /// <summary>The input of the saga.</summary>
    Input,

    /// <summary>The result of an earlier step.</summary>
    Result,

    /// <summary>The result of the step that is undone; null where nobody knows whether it took effect.</summary>
    ResultOrDefault,

    /// <summary>The transaction in Neon.</summary>
    Neon,

    /// <summary>The transaction in Supabase.</summary>
    Supabase,

    /// <summary>The attempt.</summary>
    Context,

    /// <summary>The token that cancels it.</summary>
    Token,
}
