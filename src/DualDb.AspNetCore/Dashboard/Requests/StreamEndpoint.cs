using System.Globalization;
using System.Text;
using DualDb.AspNetCore.Dashboard.Live;
using DualDb.AspNetCore.Dashboard.Sections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Sends the parts of a page that have changed, as server-sent events, until the viewer goes, does not read, or has to be asked anew who he is.</summary>
internal sealed class StreamEndpoint(LiveHub hub, DashboardOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>Something has to be sent now and then, or proxies take the connection for dead.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task AnswerAsync(DashboardRequest request, IDashboardSection section)
    {
        var context = request.Http;
        var query = new PageQuery(context.Request.Query, context.Request.RouteValues["item"] as string);
        var parts = section.Parts(query);
        if (query.IsMissing || (query.HasItem && !query.KnowsItem))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!hub.TryEnter())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "30";
            return;
        }

        var feed = hub.FeedOf(section.Path, query.Address(section.Path), parts);
        var viewer = new Viewer();
        feed.Join(viewer);
        try
        {
            await SendAsync(context, feed, viewer, request.For(section, query)).ConfigureAwait(false);
        }
        finally
        {
            feed.Leave(viewer);
            hub.Leave();
        }
    }

    private async Task SendAsync(HttpContext context, Feed feed, Viewer viewer, PartContext shownTo)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var lifetime = new CancellationTokenSource(options.StreamLifetime, time);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var sending = WriteAllAsync(context.Response, feed, viewer, shownTo, lifetime.Token, ending.Token);
        if (await Task.WhenAny(sending, viewer.Dropped).ConfigureAwait(false) != sending)
        {
            // What he has not read is in his connection's buffers: they go with it.
            DashboardLog.ViewerDropped(logger, shownTo.Self);
            context.Abort();
        }

        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // He has gone, or was dropped.
        }
    }

    private async Task WriteAllAsync(HttpResponse response, Feed feed, Viewer viewer, PartContext shownTo, CancellationToken lifetime, CancellationToken ending)
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        await SendAsync(response, "retry: 2000\n\n", ending).ConfigureAwait(false);
        await SendAsync(response, Changes(await feed.PresentAsync().WaitAsync(ending).ConfigureAwait(false), shownTo, sent), ending).ConfigureAwait(false);
        while (!lifetime.IsCancellationRequested)
        {
            using var quiet = new CancellationTokenSource(Heartbeat, time);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, lifetime, ending);
            Snapshot? page = null;
            try
            {
                page = await viewer.Pages.ReadAsync(waiting.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!ending.IsCancellationRequested)
            {
                // Nothing new.
            }

            await SendAsync(response, page is null ? ": \n\n" : Changes(page, shownTo, sent), ending).ConfigureAwait(false);
        }

        // So that whoever reads it knows it for no failure, and connects again at once.
        await SendAsync(response, "event: end\ndata: connect again\n\n", ending).ConfigureAwait(false);
    }

    private static string Changes(Snapshot page, PartContext shownTo, Dictionary<string, string> sent)
    {
        var events = new StringBuilder();
        foreach (var part in page.Parts)
        {
            var shown = part.For(shownTo).ToString();
            if (!sent.TryGetValue(part.Part.Id, out var before) || !string.Equals(before, shown, StringComparison.Ordinal))
            {
                sent[part.Part.Id] = shown;
                events.Append("event: part\ndata: ").Append(part.Part.Id).Append('\n');
                foreach (var line in shown.ReplaceLineEndings("\n").Split('\n'))
                {
                    events.Append("data: ").Append(line).Append('\n');
                }

                events.Append('\n');
            }
        }

        return events.Append(CultureInfo.InvariantCulture, $"event: shown\ndata: {page.At.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}\n\n").ToString();
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
