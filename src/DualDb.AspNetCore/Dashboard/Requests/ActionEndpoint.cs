using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Live;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.Consistency.Operators;
using DualDb.Errors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Does what an operator asks for. Whatever comes of it is in the audit; what cannot be audited is not done.</summary>
internal sealed class ActionEndpoint(OperatorAudit audit, RefusedActions refused, Answers answers, ActionMessages messages, LiveHub hub, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    /// <summary>An edited payload may be large; nothing else is.</summary>
    private const long LargestForm = 4 * 1024 * 1024;

    private static readonly TimeSpan AuditPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ActionPatience = TimeSpan.FromMinutes(2);

    public async Task AnswerAsync(DashboardRequest request, IDashboardSection section, DashboardAction action)
    {
        // What carries no form that can be read is an attempt all the same, and goes the way of one whose fields are all missing.
        var fields = await ReadFormAsync(request.Http).ConfigureAwait(false);
        var form = new ActionForm(fields ?? FormCollection.Empty, request.Actor);
        var (what, malformed) = Describe(section, action, form);
        if (request.Role != DashboardRole.Operator)
        {
            await RefuseAsync(request, section, what, StatusCodes.Status403Forbidden, FrameTexts.Forbidden, FrameTexts.NotAnOperator.English, request.Say(FrameTexts.NotAnOperator)).ConfigureAwait(false);
        }
        else if (fields is null || !await request.Http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(request.Http).ConfigureAwait(false))
        {
            await RefuseAsync(request, section, what, StatusCodes.Status400BadRequest, FrameTexts.BadRequest, FrameTexts.NoToken.English, request.Say(FrameTexts.NoToken)).ConfigureAwait(false);
        }
        else if (malformed is not null)
        {
            await RefuseAsync(request, section, what, StatusCodes.Status400BadRequest, FrameTexts.BadRequest, malformed.Message, malformed.In(request)).ConfigureAwait(false);
        }
        else
        {
            await RunAsync(request, section, action, form, what).ConfigureAwait(false);
        }
    }

    /// <summary>Where a form wants to lead back to, below the root; only what the dashboard itself can have written there counts.</summary>
    public static string BackOf(IFormCollection fields, string otherwise)
        => fields["back"] is [{ Length: < 4000 } back] && back is "" or ['/' or '?', ..] && back.All(static letter => letter is > ' ' and < '\u007f' and not '\\') && !back.StartsWith("//", StringComparison.Ordinal) ? back : otherwise;

    /// <summary>The fields that were posted; null where there is no form, or none that can be read.</summary>
    public static async Task<IFormCollection?> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestForm;
        }

        try
        {
            return await context.Request.ReadFormAsync(new FormOptions { ValueLengthLimit = (int)LargestForm, BufferBodyLengthLimit = LargestForm }, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static string Path(IDashboardSection section) => section.Path.Length > 0 ? "/" + section.Path : "";

    private static (OperatorAction What, BadRequestValueException? Malformed) Describe(IDashboardSection section, DashboardAction action, ActionForm form)
    {
        var name = $"{(section.Path.Length > 0 ? section.Path : "overview")}/{action.Name}";
        try
        {
            var what = new OperatorAction(form.Actor, name, action.Target(form), form.Reason);
            return (what, action.NeedsReason && what.Reason.Length == 0 ? new BadRequestValueException(ActionForm.ReasonField, "given") : null);
        }
        catch (BadRequestValueException malformed)
        {
            return (new OperatorAction(form.Actor, name, "", ""), malformed);
        }
    }

    private async Task RunAsync(DashboardRequest request, IDashboardSection section, DashboardAction action, ActionForm form, OperatorAction what)
    {
        long id;
        try
        {
            using var deadline = new CancellationTokenSource(AuditPatience, time);
            id = await audit.BeginAsync(what, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            DashboardLog.ActionFailed(logger, what.Action, what.Target, ServerWords.Loggable(failure));
            var why = PartFailure.Words(failure, audit.Home, AuditPatience, request.Plain());
            await answers.RefuseAsync(request, StatusCodes.Status503ServiceUnavailable, FrameTexts.Failed, Html.Of($"{FrameTexts.NotAudited.In(request.Language, "")} {why}"), Path(section)).ConfigureAwait(false);
            return;
        }

        // Whoever closes his browser does not stop half way what he has begun.
        using var patience = new CancellationTokenSource(ActionPatience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            var message = await action.RunAsync(form, ending.Token).ConfigureAwait(false);
            await TellAsync(id, what, message).ConfigureAwait(false);
            hub.Outdate();
            var back = BackOf(await request.Http.Request.ReadFormAsync(CancellationToken.None).ConfigureAwait(false), Path(section));
            request.Http.Response.StatusCode = StatusCodes.Status303SeeOther;
            request.Http.Response.Headers.Location = messages.AddTo(request.Root + back, request.Secrets.Clean(message.Text.In(request.Language, [.. message.Values])));
        }
        catch (Exception failure)
        {
            await FailAsync(request, section, action, what, id, failure).ConfigureAwait(false);
        }
    }

    // Of what has only begun, nothing is known yet but that.
    private async Task TellAsync(long id, OperatorAction what, ActionMessage message)
    {
        if (message.Ending is { } ending)
        {
            _ = TellEndAsync(id, what, ending);
            return;
        }

        await CompleteAsync(id, what, message.IsRefused ? AuditOutcome.Refused : AuditOutcome.Done, message.Text.In(PageLanguage.English, [.. message.Values])).ConfigureAwait(false);
    }

    private async Task TellEndAsync(long id, OperatorAction what, Task<WorkEnd> ending)
    {
        var end = await ending.ConfigureAwait(false);
        await CompleteAsync(id, what, end.Outcome, end.Words).ConfigureAwait(false);
        hub.Outdate();
    }

    private async Task FailAsync(DashboardRequest request, IDashboardSection section, DashboardAction action, OperatorAction what, long id, Exception failure)
    {
        DashboardLog.ActionFailed(logger, what.Action, what.Target, ServerWords.Loggable(failure));
        await CompleteAsync(id, what, failure is BadRequestValueException ? AuditOutcome.Refused : AuditOutcome.Failed, failure is DualDbException or BadRequestValueException ? failure.Message : failure.GetType().Name).ConfigureAwait(false);

        // Part of it may have been done.
        hub.Outdate();
        if (failure is BadRequestValueException malformed)
        {
            await answers.RefuseAsync(request, StatusCodes.Status400BadRequest, FrameTexts.BadRequest, malformed.In(request), Path(section)).ConfigureAwait(false);
            return;
        }

        var status = failure switch
        {
            DatabaseUnavailableException or OperationCanceledException => StatusCodes.Status503ServiceUnavailable,
            DualDbException => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status500InternalServerError,
        };
        var words = Html.Of($"{FrameTexts.ActionFailed.In(request.Language, request.Say(action.Title))} {PartFailure.Words(failure, database: null, ActionPatience, request.Plain())}");
        await answers.RefuseAsync(request, status, FrameTexts.Failed, words, Path(section)).ConfigureAwait(false);
    }

    private async Task RefuseAsync(DashboardRequest request, IDashboardSection section, OperatorAction what, int status, Text title, string detail, string words)
    {
        try
        {
            using var deadline = new CancellationTokenSource(AuditPatience, time);
            await refused.TellAsync(what, detail, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            // It is refused all the same.
            DashboardLog.OutcomeNotAudited(logger, what.Action, what.Target, ServerWords.Loggable(failure));
        }

        await answers.RefuseAsync(request, status, title, words, Path(section)).ConfigureAwait(false);
    }

    private async Task CompleteAsync(long id, OperatorAction what, AuditOutcome outcome, string detail)
    {
        try
        {
            using var deadline = new CancellationTokenSource(AuditPatience, time);
            await audit.CompleteAsync(id, outcome, detail, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
        {
            DashboardLog.OutcomeNotAudited(logger, what.Action, what.Target, ServerWords.Loggable(failure));
        }
    }
}
