using DualDb.Connections;
using Npgsql;

namespace DualDb.Rest;

/// <summary>Tells failures of the network as Npgsql tells its own, so that the same rules say what may be repeated.</summary>
internal static class RestNetwork
{
    /// <summary>The exception for a failed request, or for an answer that broke off.</summary>
    public static NpgsqlException Explain(Exception exception)
        => exception is HttpRequestException request
            ? new NpgsqlException("The REST server could not be asked: " + request.Message, Cause(request))
            : new NpgsqlException("The answer of the REST server broke off: " + exception.Message, exception);

    /// <summary>Whether a request that failed so cannot have reached the server, or was turned away by it.</summary>
    public static bool WasNotSent(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is RestUnavailable { WasRefused: true } or HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
                })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a write that failed so may have been applied all the same.</summary>
    public static bool OutcomeUnknown(Exception exception)
        => exception is RestFailure { IsUnreadable: true } || (TransientErrors.OutcomeUnknown(exception) && !WasNotSent(exception));

    /// <summary>The exception for a request that certainly never left; null where it may have.</summary>
    /// <param name="exception">What the client raised.</param>
    /// <param name="body">The body; null of a read, which leaves no trace of whether it was sent.</param>
    /// <param name="deadline">Ends the request.</param>
    public static Exception? Unsent(Exception exception, SentBody? body, CancellationToken deadline)
        => exception switch
        {
            HttpRequestException or IOException when body is { HasBegun: false } => NotSent("The REST server could not be asked: " + exception.Message, exception),
            OperationCanceledException when body is not { HasBegun: true } && !deadline.IsCancellationRequested && exception.InnerException is TimeoutException
                => NotSent("No connection to the REST server was made in time.", exception),
            OperationCanceledException when body is { HasBegun: false } => new RestUnsentException(deadline),
            _ => null,
        };

    private static RestUnavailable NotSent(string message, Exception cause) => new(message, wasRefused: true, retryAfter: null, cause);

    // Without a cause of the network's below it, a failed request would count as one that the server refused.
    private static Exception Cause(HttpRequestException request)
        => request.HttpRequestError is HttpRequestError.NameResolutionError || request.InnerException is not null ? request : new IOException(request.Message, request);
}
