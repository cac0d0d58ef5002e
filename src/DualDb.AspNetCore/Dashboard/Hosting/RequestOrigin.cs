using System.Collections.Concurrent;
using DualDb.Consistency.Monitoring.Statements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>The request that calls are made for, by the route that it has taken: the activity of a request is named after it when it ends, and until then after its method alone.</summary>
internal sealed class RequestOrigin(IHttpContextAccessor accessor) : ICallOrigin
{
    /// <summary>So many names are kept; endpoints that an application makes anew each time must not fill the memory.</summary>
    private const int Most = 2000;

    private readonly ConcurrentDictionary<(RouteEndpoint Endpoint, string Method), string> _names = new();

    public string? Name
    {
        get
        {
            try
            {
                return accessor.HttpContext is { } context && context.GetEndpoint() is RouteEndpoint endpoint ? NameOf(endpoint, context.Request.Method) : null;
            }
            catch (Exception ended) when (ended is ObjectDisposedException or InvalidOperationException or NullReferenceException)
            {
                // A call that its request did not wait for: the request is over, and its context serves the next one perhaps.
                return null;
            }
        }
    }

    private string NameOf(RouteEndpoint endpoint, string method)
    {
        if (_names.TryGetValue((endpoint, method), out var name))
        {
            return name;
        }

        name = $"{method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
        if (_names.Count < Most)
        {
            _names.TryAdd((endpoint, method), name);
        }

        return name;
    }
}
