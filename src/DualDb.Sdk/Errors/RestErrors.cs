using System.Net;
using DualDb.Rest;

namespace DualDb.Errors;

/// <summary>Answers of PostgREST's own, and of gateways before it.</summary>
internal static class RestErrors
{
    /// <summary>The exception for an answer.</summary>
    public static DualDbException Translate(RestFailure failure, ErrorContext context)
        => failure.Code switch
        {
            "PGRST205" or "PGRST106" or "PGRST125" => Missing(
                failure, context, $"{context.Subject}: {Words(failure)} Create the table, or expose its schema (Settings, API, Exposed schemas), and reload the schema cache of PostgREST after changes."),
            "PGRST204" => Missing(failure, context, $"{context.Subject}: {Words(failure)} Add the column, or correct the model, and reload the schema cache of PostgREST after changes."),
            "PGRST202" or "PGRST203" => Missing(failure, context, $"{context.Subject}: {Words(failure)} Correct the name and the arguments; of functions that are called alike, name all arguments of one."),
            "PGRST200" or "PGRST201" => Missing(failure, context, $"{context.Subject}: {Words(failure)} Name the foreign key to follow: orders!orders_user_id_fkey."),
            "PGRST123" => Other(failure, context, $"{context.Subject}: {Words(failure)} Aggregates are switched off on the server: set db_aggregates_enabled, or Supabase.ConnectionString, which reaches the database over SQL."),
            _ when failure.Status is HttpStatusCode.Unauthorized => Unauthorized(failure, context),
            _ when failure.Status is HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge => Other(
                failure, context, $"{context.Subject}: the address or the headers are longer than the server takes. Use fewer or shorter values in the conditions."),
            _ => Other(failure, context, $"{context.Subject}: {Words(failure)} Look at the project's API log, and check Supabase.Url."),
        };

    private static DualDbException Unauthorized(RestFailure failure, ErrorContext context)
    {
        if (failure.Code is null)
        {
            return Other(failure, context, $"{context.Subject}: the API key is refused ({failure.Message}). Check Supabase.ApiKey, and that it is of the project at Supabase.Url.");
        }

        var said = $"{failure.Code}: {failure.Message.TrimEnd('.')}{(failure.Details is { Length: > 0 } details ? ". " + details : "")}";
        var reason = $"the token is refused ({said}). Sign in again, or check whether the clock, or the key that signs tokens, is right.";
        return new AccessTokenException($"{context.Subject}: {reason}", failure) { Database = context.Database, Entity = context.EntityName, Reason = reason };
    }

    private static SchemaMismatchException Missing(RestFailure failure, ErrorContext context, string message)
        => new(message, failure) { Database = context.Database, Entity = context.EntityName, SqlState = failure.Code };

    // With a state, since what has none counts as a passing trouble, for which a view may do without a member.
    private static DatabaseErrorException Other(RestFailure failure, ErrorContext context, string message)
        => new(message, failure) { Database = context.Database, Entity = context.EntityName, SqlState = failure.Code ?? $"HTTP{(int)failure.Status}" };

    private static string Words(RestFailure failure)
        => $"{failure.Message.TrimEnd('.')} ({failure.Code ?? ((int)failure.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)})."
            + (failure.Details is { Length: > 0 } details ? $" Details: {details.TrimEnd('.')}." : "")
            + (failure.Hint is { Length: > 0 } hint ? $" The server's hint: {hint.TrimEnd('.')}." : "");
}
