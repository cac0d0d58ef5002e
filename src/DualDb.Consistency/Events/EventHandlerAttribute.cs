namespace DualDb.Consistency.Events;

/// <summary>Says how a handler is run, where the defaults do not fit.</summary>
/// <param name="name">
/// The name under which deliveries are kept; null for the name of the class. Set it before a class is renamed: under a new name, events that were handled are not known to be.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventHandlerAttribute(string? name = null) : Attribute
{
    /// <summary>The name under which deliveries are kept; null for the name of the class.</summary>
    public string? Name { get; } = name;

    /// <summary>
    /// The database whose transaction the handler is given. By itself the generator takes the one that the class's code asks of <see cref="EventContext"/>; say it where that happens
    /// in other code.
    /// </summary>
    public HandlerTarget Target { get; set; } = HandlerTarget.Found;

    /// <summary>How often an event is tried before it is parked; 1 or more, 8 at first.</summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>The pause before the second attempt in milliseconds; each one after it is twice as long, with jitter. 200 at first.</summary>
    public int RetryDelayMilliseconds { get; set; } = 200;

    /// <summary>The longest pause between attempts in seconds; 300 at first.</summary>
    public int MaxRetryDelaySeconds { get; set; } = 300;

    /// <summary>How long one attempt may take in seconds, 30 at first; after that it is cancelled, given up, and its transaction rolled back.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How many events this handler handles at the same time on one node; 0 for as many as the dispatcher runs.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>How many events may share a transaction; 1 for none. A batch that fails is repeated one by one. 100 at first.</summary>
    public int BatchSize { get; set; } = 100;
}

/// <summary>The database whose transaction a handler is given.</summary>
public enum HandlerTarget
{
    /// <summary>The one that the code of the class asks for.</summary>
    Found = 0,

    /// <summary>None: the effect is somewhere else, and may happen again after a crash.</summary>
    None,

    /// <summary>Neon.</summary>
    Neon,

    /// <summary>Supabase.</summary>
    Supabase,
}
