using System.Net;

namespace DualDb.Rest;

/// <summary>An answer other than success that is not PostgreSQL's own, before it is told in the terms of the call.</summary>
/// <param name="status">The status.</param>
/// <param name="code">PostgREST's code; null where a gateway answered.</param>
/// <param name="message">What it said.</param>
/// <param name="details">More of it; null for nothing.</param>
/// <param name="hint">What may help; null for nothing.</param>
/// <param name="innerException">Why an answer of success cannot be read; null for another.</param>
internal sealed class RestFailure(HttpStatusCode status, string? code, string message, string? details = null, string? hint = null, Exception? innerException = null) : Exception(message, innerException)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>PostgREST's code: <c>PGRST205</c>. Null where a gateway answered.</summary>
    public string? Code { get; } = code;

    /// <summary>A text, or JSON: of an ambiguous relationship the candidates.</summary>
    public string? Details { get; } = details;

    public string? Hint { get; } = hint;

    /// <summary>Whether the answer is one of success that nothing can be read from.</summary>
    public bool IsUnreadable => InnerException is System.Text.Json.JsonException;

    /// <summary>Whether the token has expired, which another one may mend.</summary>
    public bool IsExpiredToken => Status == HttpStatusCode.Unauthorized && (Code is "PGRST303" || (Code is "PGRST301" && Message.Contains("expired", StringComparison.OrdinalIgnoreCase)));
}
