using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DualDb.Mapping.Wire;
using DualDb.Users;
using Npgsql;

namespace DualDb.Rest;

/// <summary>
/// Sends requests to PostgREST: with the key and the user's token, within the deadline, and again where that is safe. The only place that
/// speaks HTTP.
/// </summary>
/// <param name="database">The database, for its retries.</param>
/// <param name="connections">The connections, which users of the same database share.</param>
/// <param name="user">Whose requests they are; null for those of the key alone.</param>
internal sealed class RestClient(PostgresDatabase database, Lazy<RestChannel> connections, ActingUser? user)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>What the answers have taught of the server's limit.</summary>
    public RowLimit Limit => connections.Value.Limit;

    public PostgresDatabase Database => database;

    /// <summary>Sends a request and reads its answer. A read is repeated as a whole; a write is not.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads an answer of success.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<T> SendAsync<T>(RestRequest request, Func<HttpResponseMessage, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        Exception first;
        try
        {
            return await AttemptAsync(request, read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!request.Writes && database.MayRetry(exception, writes: false))
        {
            // Sent again below, outside the handler.
            first = exception;
        }

        await PauseAsync(first, cancellationToken).ConfigureAwait(false);
        return await database.RetriesFor(writes: false).ExecuteAsync(
            static (state, token) => state.Client.AttemptAsync(state.Request, state.Read, token),
            (Client: this, Request: request, Read: read),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request for rows that are read as they arrive. Each wait has the deadline for itself, since all of them together may take long.</summary>
    /// <param name="request">The request.</param>
    /// <param name="shape">What each row has.</param>
    /// <param name="check">Refuses an answer that is another than was asked for.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async ValueTask<RestRows> OpenRowsAsync(RestRequest request, RowShape shape, Action<HttpResponseMessage> check, CancellationToken cancellationToken)
    {
        Exception first;
        try
        {
            return await AttemptRowsAsync(request, shape, check, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (database.MayRetry(exception, writes: false))
        {
            // Sent again below, outside the handler.
            first = exception;
        }

        await PauseAsync(first, cancellationToken).ConfigureAwait(false);
        return await database.RetriesFor(writes: false).ExecuteAsync(
            static (state, token) => state.Client.AttemptRowsAsync(state.Request, state.Shape, state.Check, token),
            (Client: this, Request: request, Shape: shape, Check: check),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on to the next of such rows.</summary>
    public ValueTask<bool> AdvanceAsync(RestRows rows, CancellationToken cancellationToken)
    {
        try
        {
            return rows.TryRead(out var found) ? ValueTask.FromResult(found) : WithinDeadlineAsync(rows.ReadAsync, cancellationToken);
        }
        catch (JsonException exception)
        {
            return ValueTask.FromException<bool>(NotRows(exception));
        }
    }

    // The first retry follows at once, unless the server has named a time.
    private Task PauseAsync(Exception first, CancellationToken cancellationToken)
        => RestUnavailable.PauseAfter(first, database.Options) is { } pause ? Task.Delay(pause, database.Clock, cancellationToken) : Task.CompletedTask;

    private static RestFailure NotRows(JsonException exception)
        => new(HttpStatusCode.OK, code: null, "the answer is no JSON of the shape that was asked for: " + exception.Message, innerException: exception);

    private ValueTask<T> AttemptAsync<T>(RestRequest request, Func<HttpResponseMessage, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
        => AsUserAsync(
            async (session, token) =>
            {
                using var answer = await OpenAsync(request, session, token).ConfigureAwait(false);
                return await read(answer, token).ConfigureAwait(false);
            },
            cancellationToken);

    private ValueTask<RestRows> AttemptRowsAsync(RestRequest request, RowShape shape, Action<HttpResponseMessage> check, CancellationToken cancellationToken)
        => AsUserAsync(
            async (session, token) =>
            {
                var answer = await OpenAsync(request, session, token).ConfigureAwait(false);
                try
                {
                    check(answer);
                }
                catch
                {
                    answer.Dispose();
                    throw;
                }

                return new RestRows(answer, await answer.Content.ReadAsStreamAsync(token).ConfigureAwait(false), shape);
            },
            cancellationToken);

    /// <summary>
    /// Attempts as the user. The source of tokens has its own time, before the deadline begins and beside it: otherwise one that does not answer would look like a server that does not.
    /// </summary>
    private async ValueTask<T> AsUserAsync<T>(Func<UserSession?, CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return await WithinDeadlineAsync(token => attempt(null, token), cancellationToken).ConfigureAwait(false);
        }

        var session = await user.SessionAsync(cancellationToken).ConfigureAwait(false);
        RestFailure expired;
        try
        {
            return await WithinDeadlineAsync(token => attempt(session, token), cancellationToken).ConfigureAwait(false);
        }
        catch (RestFailure failure) when (failure.IsExpiredToken)
        {
            expired = failure;
        }

        // Refused before anything was looked at, so that a write may be sent again as well; once, or a clock that is wrong would keep us here.
        var newer = await user.RefreshAsync(session, cancellationToken).ConfigureAwait(false) ?? throw expired;
        return await WithinDeadlineAsync(token => attempt(newer, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request, and hands on its answer, whose body is yet to come.</summary>
    private async ValueTask<HttpResponseMessage> OpenAsync(RestRequest request, UserSession? session, CancellationToken cancellationToken)
    {
        var answer = await SendOnceAsync(request, session, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? answer : throw await FailureAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> WithinDeadlineAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(database.Options.CommandTimeout);
        try
        {
            return await work(deadline.Token).ConfigureAwait(false);
        }
        catch (RestUnsentException unsent) when (!cancellationToken.IsCancellationRequested)
        {
            // Without a cause of the network's below it: what has taken as long as a command may is not tried again.
            throw new NpgsqlException(unsent.Message, unsent);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Without what was caught: the broken connection within it would make this a failure of the network, which is tried again.
            throw new NpgsqlException("The REST server did not answer in time.", new TimeoutException("The REST server did not answer in time."));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw RestNetwork.Explain(exception);
        }
        catch (JsonException exception)
        {
            throw NotRows(exception);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(RestRequest request, UserSession? session, CancellationToken cancellationToken)
    {
        using var activity = RestActivity.Start(request);
        var channel = connections.Value;
        using var message = new HttpRequestMessage(request.Method, channel.AddressOf(request))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        channel.Authorize(message.Headers, session);
        message.Headers.Add(request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? "Accept-Profile" : "Content-Profile", request.Schema);
        if (request.Prefer is not null)
        {
            message.Headers.Add("Prefer", request.Prefer);
        }

        // HttpClient itself sends a request again whose connection is closed before the answer, unless it has a body, be it an empty one.
        var body = request.Body is not null || request.Writes ? new SentBody(request.Body ?? ReadOnlyMemory<byte>.Empty) : null;
        message.Content = body;
        if (request.Body is not null)
        {
            message.Content!.Headers.ContentType = Json;
        }

        try
        {
            var answer = await channel.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            // For what must not be repeated of the headers; some handlers leave it out.
            answer.RequestMessage = message;
            RestActivity.Answered(activity, answer);
            return answer;
        }
        catch (Exception exception)
        {
            RestActivity.Failed(activity);
            if (RestNetwork.Unsent(exception, body, cancellationToken) is { } unsent)
            {
                throw unsent;
            }

            throw;
        }
    }

    private static async ValueTask<Exception> FailureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            return await RestAnswers.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one round trip; any answer that is not a gateway's will do, since the address needs rights of its own.</summary>
    public async ValueTask PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                new RestRequest(HttpMethod.Get, "", new RestQuery(), "public"), static (_, _) => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);
        }
        catch (RestFailure failure) when (failure.Status < HttpStatusCode.InternalServerError && !failure.Message.Contains("API key", StringComparison.OrdinalIgnoreCase))
        {
            // The server is there, and answers.
        }
    }

    /// <summary>Closes the connections, which other users of the same database share.</summary>
    public void CloseConnections()
    {
        if (connections.IsValueCreated)
        {
            connections.Value.Dispose();
        }
    }
}
