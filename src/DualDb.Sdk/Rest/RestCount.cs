namespace DualDb.Rest;

/// <summary>Counts rows by HEAD, whose answer has no body to say what is wrong with the request.</summary>
internal static class RestCount
{
    /// <summary>How many rows a request is about. Where it is refused, the same one for a row is: with words, or with a newer token.</summary>
    public static async ValueTask<long> OfAsync(RestClient client, RestRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RestFailure failure) when ((int)failure.Status is < 200 or >= 300)
        {
            // Asked below, outside the handler.
        }

        var row = request with { Method = HttpMethod.Get, Query = request.Query.Copy().Add("limit", 1), Prefer = null };
        await client.SendAsync(row, static (_, _) => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);
        return await SendAsync(client, request, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<long> SendAsync(RestClient client, RestRequest request, CancellationToken cancellationToken)
        => client.SendAsync(request, static (answer, _) => ValueTask.FromResult(RestRange.TotalOf(answer)), cancellationToken);
}
