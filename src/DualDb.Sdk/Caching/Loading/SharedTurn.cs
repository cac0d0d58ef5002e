namespace DualDb.Caching;

/// <summary>What a reading has found in Redis, or its leave to load.</summary>
/// <param name="Ticket">The state of Redis before the load.</param>
/// <param name="Found">What was found; null where it is to be loaded.</param>
/// <param name="Turn">The lock, where it was asked for.</param>
internal sealed record SharedTurn<TValue>(SharedTicket Ticket, CacheEntry<TValue>? Found, LoadTurn? Turn = null)
    where TValue : class
{
    public ValueTask EndAsync() => Turn?.EndAsync() ?? ValueTask.CompletedTask;
}
