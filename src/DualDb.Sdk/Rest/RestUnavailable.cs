using Npgsql;

namespace DualDb.Rest;

/// <summary>A gateway, or PostgREST itself, that cannot serve at present.</summary>
/// <param name="message">What it said.</param>
/// <param name="wasRefused">Whether the request was turned away before anything was done about it.</param>
/// <param name="retryAfter">When to ask again, as the answer has it; null where it does not say.</param>
/// <param name="cause">What the network said; null where a server did.</param>
internal sealed class RestUnavailable(string message, bool wasRefused, TimeSpan? retryAfter, Exception? cause = null) : NpgsqlException(message, new IOException(message, cause))
{
    public bool WasRefused { get; } = wasRefused;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How long to wait before the next attempt; null where nothing was said. No longer than the longest pause, since a caller waits for it.</summary>
    public static TimeSpan? PauseAfter(Exception? exception, DatabaseOptions options)
        => exception is RestUnavailable { RetryAfter: { } pause } ? pause < options.MaxRetryDelay ? pause : options.MaxRetryDelay : null;
}
