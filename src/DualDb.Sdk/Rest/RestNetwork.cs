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

    // Without a cause of the network's below it, a failed request would count as one that the server refused.
    private static Exception Cause(HttpRequestException request)
        => request.HttpRequestError is HttpRequestError.NameResolutionError || request.InnerException is not null ? request : new IOException(request.Message, request);
}
