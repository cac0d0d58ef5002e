using System.Net;
using System.Net.Http.Headers;

namespace DualDb.Consistency.Monitoring.Alerts.Sinks;

/// <summary>Posts alerts to an address, signed, and again where it fails.</summary>
/// <param name="options">Where to.</param>
/// <param name="client">Makes the client.</param>
/// <param name="clock">Whose pauses.</param>
internal sealed class WebhookSink(WebhookOptions options, Func<HttpClient> client, TimeProvider clock) : IAlertSink
{
    private const string Signature = "X-DualDb-Signature";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(64);

    /// <summary>How long it takes at most, with all attempts and pauses.</summary>
    public TimeSpan Longest
    {
        get
        {
            var (sum, pause) = (options.Timeout, FirstPause);
            for (var retry = 0; retry < options.Retries; retry++)
            {
                (sum, pause) = (sum + pause + options.Timeout, Next(pause));
            }

            return sum;
        }
    }

    public async Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        var body = WebhookBody.Write(alert);
        var pause = FirstPause;
        for (var attempt = 0; ; attempt++)
        {
            var failure = await AttemptAsync(body, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                return;
            }

            if (attempt == options.Retries || !failure.MayPass)
            {
                throw new HttpRequestException($"The webhook did not take the alert {alert.Rule}, tried {attempt + 1} times: {failure.Words}");
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            pause = Next(pause);
        }
    }

    private static TimeSpan Next(TimeSpan pause) => pause * 4 is var next && next < LongestPause ? next : LongestPause;

    private async Task<Failure?> AttemptAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };
        if (options.Secret is { } secret)
        {
            request.Headers.Add(Signature, WebhookBody.Sign(body, secret, clock.GetUtcNow()));
        }

        try
        {
            using var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? null
                : new Failure($"it answered with {(int)response.StatusCode}.", response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
        }
        catch (HttpRequestException failure)
        {
            // Its message may hold the address, which may be a secret.
            return new Failure($"it could not be reached ({failure.HttpRequestError}).", MayPass: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Failure("it took too long.", MayPass: true);
        }
    }

    private sealed record Failure(string Words, bool MayPass);
}
