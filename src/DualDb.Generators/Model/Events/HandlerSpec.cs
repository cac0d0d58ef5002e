namespace DualDb.Generators.Model;

/// <summary>A class that handles events.</summary>
/// <param name="Type">The class with <c>global::</c>.</param>
/// <param name="Options">How it is run.</param>
/// <param name="Events">What it handles, in the order of declaration.</param>
internal sealed record HandlerSpec(string Type, HandlerOptionsSpec Options, EquatableArray<HandledEventSpec> Events);

/// <summary>An event that a class handles.</summary>
/// <param name="Event">The event.</param>
/// <param name="IsOwn">Whether this project declares it, so that its other part is being generated.</param>
internal sealed record HandledEventSpec(EventEntrySpec Event, bool IsOwn);

/// <summary>How a handler is run; null where the default holds.</summary>
/// <param name="Name">The name under which deliveries are kept.</param>
/// <param name="Target">The database whose transaction it is given; null for none.</param>
/// <param name="MaxAttempts">How often an event is tried.</param>
/// <param name="RetryDelayMilliseconds">The first pause.</param>
/// <param name="MaxRetryDelaySeconds">The longest pause.</param>
/// <param name="TimeoutSeconds">How long one attempt may take.</param>
/// <param name="MaxConcurrency">How many events at the same time.</param>
/// <param name="BatchSize">How many events share a transaction.</param>
internal sealed record HandlerOptionsSpec(
    string Name,
    DatabaseKind? Target,
    int? MaxAttempts,
    int? RetryDelayMilliseconds,
    int? MaxRetryDelaySeconds,
    int? TimeoutSeconds,
    int? MaxConcurrency,
    int? BatchSize);
