using Npgsql;

namespace DualDb.Rest;

/// <summary>Counts rows by HEAD, whose answer has no body to say what is wrong with the request.</summary>
internal static class RestCount
{
    /// <summary>How many rows a request is about. Where it is refused, the same one for a row is: with words, or with a newer token.</summary>
    public static async ValueTask<long> OfAsync(RestClient client, RestRequest request, CancellationToken cancellationToken)
    {
        PostgresException? refusal = null;
        try
        {
            return await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RestFailure failure) when ((int)failure.Status is < 200 or >= 300)
        {
            // Asked below, outside the handler.
        }
        catch (PostgresException refused) when (HasMoreToSay(client, refused))
        {
            refusal = refused;
        }

        var row = request with { Method = HttpMethod.Get, Query = request.Query.Copy().Add("limit", 1), Prefer = null };
        await client.SendAsync(row, static (_, _) => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);
        return refusal is null ? await SendAsync(client, request, cancellationToken).ConfigureAwait(false) : throw refusal;
    }

    // A count that took too long, or whose server went away, is known by its code; it is not to be made twice.
    private static bool HasMoreToSay(RestClient client, PostgresException refused)
        => refused.SqlState is not PostgresErrorCodes.QueryCanceled && !client.Database.MayRetry(refused, writes: false);

    private static ValueTask<long> SendAsync(RestClient client, RestRequest request, CancellationToken cancellationToken)
        => client.SendAsync(request, static (answer, _) => ValueTask.FromResult(RestRange.TotalOf(answer)), cancellationToken);
}
