using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.Diagnostics;
using DualDb.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>What every request of the dashboard goes through: headers, rights, and what goes wrong.</summary>
internal sealed class DashboardGate(DashboardAccess access, Redaction secrets, Answers answers, ILogger logger)
{
    /// <summary>An endpoint behind the gate.</summary>
    /// <param name="below">How many segments of its path are below the dashboard's root; -1 where it takes any.</param>
    /// <param name="answer">The endpoint.</param>
    public RequestDelegate Behind(int below, Func<DashboardRequest, Task> answer) => async context =>
    {
        DashboardHeaders.Set(context.Response);
        var request = await DashboardRequest.OfAsync(context, access, secrets, below >= 0 ? below : Segments(context)).ConfigureAwait(false);
        if (request.Role == DashboardRole.None)
        {
            await Answers.TurnAwayAsync(context, access.Policy is null ? FrameTexts.LoopbackOnly : FrameTexts.NotAReader).ConfigureAwait(false);
            return;
        }

        try
        {
            await answer(request).ConfigureAwait(false);
        }
        catch (BadRequestValueException malformed) when (!context.Response.HasStarted)
        {
            await answers.RefuseAsync(request, StatusCodes.Status400BadRequest, FrameTexts.BadRequest, malformed.In(request)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            DashboardLog.RequestFailed(logger, context.Request.Path, ServerWords.Loggable(failure));
            await answers.RefuseAsync(request, StatusCodes.Status500InternalServerError, FrameTexts.Failed, request.Say(FrameTexts.FailedWords)).ConfigureAwait(false);
        }
    };

    public Task NotFoundAsync(DashboardRequest request) => answers.RefuseAsync(request, StatusCodes.Status404NotFound, FrameTexts.NotFound, request.Say(FrameTexts.NotFoundWords));

    private static int Segments(HttpContext context)
        => (context.Request.RouteValues["rest"] as string)?.Split('/', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
}
