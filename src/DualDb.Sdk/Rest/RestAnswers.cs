using System.Net;
using System.Text.RegularExpressions;
using Npgsql;

namespace DualDb.Rest;

/// <summary>
/// Turns answers other than success into exceptions. PostgreSQL's own errors become what Npgsql would raise, so that one translation serves both
/// ways to the database (https://docs.postgrest.org/en/stable/references/errors.html).
/// </summary>
internal static partial class RestAnswers
{
    private const string PostgrestPrefix = "PGRST";

    /// <summary>Reads the error, and disposes of the answer.</summary>
    public static async Task<Exception> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await AnswerBody.ReadErrorAsync(answer, cancellationToken).ConfigureAwait(false);
        return Explain(answer, RestErrorBody.Read(body, SecretsOf(answer)));
    }

    private static Exception Explain(HttpResponseMessage answer, RestErrorBody said)
    {
        var status = answer.StatusCode;
        var code = said.Code ?? CodeOf(answer);
        if (StateOf(code, said.Message, status) is { } state)
        {
            return ToPostgres(state, said.Message is { } words ? Trimmed(words) : "the answer has a code and no words", said.Details, said.Hint);
        }

        if (code is "PGRST000" or "PGRST001" or "PGRST002" or "PGRST003")
        {
            return new RestUnavailable($"PostgREST has no connection to the database ({code}): {said.Message}", wasRefused: code is not "PGRST001", PauseOf(answer));
        }

        // Gateways have codes of their own, which say no more than the status.
        return IsUnavailable(status) && code?.StartsWith(PostgrestPrefix, StringComparison.Ordinal) is not true
            ? new RestUnavailable($"The gateway answered {(int)status} {said.Message ?? answer.ReasonPhrase}", wasRefused: status is HttpStatusCode.TooManyRequests, PauseOf(answer))
            : new RestFailure(status, code, said.Message ?? $"the answer is {(int)status} {answer.ReasonPhrase} without an error of PostgREST's", said.Details, said.Hint);
    }

    // The key and the token, which a gateway may repeat in its words.
    private static IReadOnlyList<string> SecretsOf(HttpResponseMessage answer)
    {
        var headers = answer.RequestMessage?.Headers;
        var sent = headers is not null && headers.TryGetValues("apikey", out var keys) ? keys.Append(headers.Authorization?.Parameter) : [];
        return [.. sent.OfType<string>().Where(static secret => secret.Length > 0)];
    }

    private static bool IsUnavailable(HttpStatusCode status)
        => status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests || (int)status is 520 or (>= 521 and <= 524);

    // Either a number of seconds or a date, which the sender's own clock is the measure of.
    private static TimeSpan? PauseOf(HttpResponseMessage answer)
        => answer.Headers.RetryAfter is { } after && (after.Delta ?? (after.Date - answer.Headers.Date)) is { } pause && pause >= TimeSpan.Zero ? pause : null;

    // The only word on an error that a HEAD request gets: Proxy-Status: PostgREST; error=PGRST205.
    private static string? CodeOf(HttpResponseMessage answer)
        => answer.Headers.TryGetValues("Proxy-Status", out var values) && ErrorPattern().Match(string.Join(' ', values)) is { Success: true } match ? match.Groups["code"].Value : null;

    /// <summary>The SQLSTATE; null where the error is PostgREST's or a gateway's. Some servers hide that of a check behind a code of their own.</summary>
    private static string? StateOf(string? code, string? message, HttpStatusCode status)
        => code is { Length: 5 } && StatePattern().IsMatch(code) && (!IsUnavailable(status) || IsOfConnection(code)) ? code
            : message is null ? null
            : message.Contains("violates check constraint", StringComparison.Ordinal) ? PostgresErrorCodes.CheckViolation
            : message.Contains("violates exclusion constraint", StringComparison.Ordinal) ? PostgresErrorCodes.ExclusionViolation
            : null;

    // The classes that PostgREST answers so, and the states by which functions choose a status: other words of five letters are a gateway's.
    private static bool IsOfConnection(string state) => state[..2] is "08" or "53" or "57" or "58" or "PT" or "XX";

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
