using System.Net;

namespace DualDb.Rest;

/// <summary>An answer other than success that is not PostgreSQL's own, before it is told in the terms of the call.</summary>
internal sealed class RestFailure(HttpStatusCode status, string? code, string message, string? hint = null, Exception? innerException = null) : Exception(message, innerException)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>PostgREST's code: <c>PGRST205</c>. Null where a gateway answered.</summary>
    public string? Code { get; } = code;

    public string? Hint { get; } = hint;

    /// <summary>Whether the token has expired, which another one may mend.</summary>
    public bool IsExpiredToken => Status == HttpStatusCode.Unauthorized && (Code is "PGRST303" || (Code is "PGRST301" && Message.Contains("expired", StringComparison.OrdinalIgnoreCase)));
}
