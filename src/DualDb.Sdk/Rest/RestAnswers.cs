using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace DualDb.Rest;

/// <summary>
/// Turns answers other than success into exceptions. PostgreSQL's own errors become what Npgsql would raise, so that one translation serves both
/// ways to the database (https://docs.postgrest.org/en/stable/references/errors.html).
/// </summary>
internal static partial class RestAnswers
{
    // Enough for any error of PostgREST's; what follows is a page that nobody reads here.
    private const int LongestBody = 64 * 1024;

    /// <summary>Reads the error, and disposes of the answer.</summary>
    public static async Task<Exception> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(answer, cancellationToken).ConfigureAwait(false);
        var (code, message, details, hint) = Parse(body) ?? (CodeOf(answer), null, null, null);
        if (message is not null && StateOf(code, message) is { } state)
        {
            return ToPostgres(state, Trimmed(message), details, hint);
        }

        var status = answer.StatusCode;
        return code is null && IsUnavailable(status)
            ? new RestUnavailable($"The gateway answered {(int)status} {message ?? answer.ReasonPhrase}", wasRefused: status is HttpStatusCode.TooManyRequests, PauseOf(answer))
            : code is "PGRST000" or "PGRST001" or "PGRST002" or "PGRST003"
                ? new RestUnavailable($"PostgREST has no connection to the database ({code}): {message}", wasRefused: code is not "PGRST001", PauseOf(answer))
                : new RestFailure(status, code, message ?? $"the answer is {(int)status} {answer.ReasonPhrase} without an error of PostgREST's", hint);
    }

    private static bool IsUnavailable(HttpStatusCode status)
        => status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests || (int)status is 520 or (>= 521 and <= 524);

    // Either a number of seconds or a date, which the sender's own clock is the measure of.
    private static TimeSpan? PauseOf(HttpResponseMessage answer)
        => answer.Headers.RetryAfter is { } after && (after.Delta ?? (after.Date - answer.Headers.Date)) is { } pause && pause >= TimeSpan.Zero ? pause : null;

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = new byte[LongestBody];
            var read = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return body[..read];
        }
    }

    // A gateway may answer with a page, or with members of its own.
    private static (string? Code, string? Message, string? Details, string? Hint)? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null
                : (Member(root, "code"), Member(root, "message") ?? Member(root, "msg") ?? Member(root, "error"), Member(root, "details"), Member(root, "hint"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement root, string name)
        => !root.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        };

    // The only word on an error that a HEAD request gets: Proxy-Status: PostgREST; error=PGRST205.
    private static string? CodeOf(HttpResponseMessage answer)
        => answer.Headers.TryGetValues("Proxy-Status", out var values) && ErrorPattern().Match(string.Join(' ', values)) is { Success: true } match ? match.Groups["code"].Value : null;

    /// <summary>The SQLSTATE; null where the error is PostgREST's. Some servers hide that of a check behind a code of their own.</summary>
    private static string? StateOf(string? code, string message)
        => code is { Length: 5 } && StatePattern().IsMatch(code) ? code
            : message.Contains("violates check constraint", StringComparison.Ordinal) ? PostgresErrorCodes.CheckViolation
            : message.Contains("violates exclusion constraint", StringComparison.Ordinal) ? PostgresErrorCodes.ExclusionViolation
            : null;

    private static string Trimmed(string message) => message.StartsWith("PostgresError: ", StringComparison.Ordinal) ? message["PostgresError: ".Length..] : message;

    // The names are in the message alone, in PostgreSQL's fixed words.
    private static PostgresException ToPostgres(string state, string message, string? details, string? hint)
        => new(
            message,
            "ERROR",
            "ERROR",
            state,
            detail: details,
            hint: hint,
            tableName: NameIn(TablePattern(), message),
            columnName: string.Equals(state, PostgresErrorCodes.NotNullViolation, StringComparison.Ordinal) ? NameIn(ColumnPattern(), message) : null,
            constraintName: NameIn(ConstraintPattern(), message));

    private static string? NameIn(Regex pattern, string message) => pattern.Match(message) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex("^[0-9A-Z]{5}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatePattern();

    [GeneratedRegex("error=(?<code>[0-9A-Z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorPattern();

    [GeneratedRegex("constraint \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConstraintPattern();

    [GeneratedRegex("(?:table|relation) \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TablePattern();

    [GeneratedRegex("column \"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnPattern();
}
