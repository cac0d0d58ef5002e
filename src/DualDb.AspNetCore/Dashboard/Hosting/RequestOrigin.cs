using DualDb.Consistency.Monitoring.Statements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>The request that calls are made for, by the route that it has taken: the activity of a request is named after it when it ends, and until then after its method alone.</summary>
internal sealed class RequestOrigin(IHttpContextAccessor accessor) : ICallOrigin
{
    public string? Name
        => accessor.HttpContext is { } context && context.GetEndpoint() is RouteEndpoint endpoint ? $"{context.Request.Method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}" : null;
}
