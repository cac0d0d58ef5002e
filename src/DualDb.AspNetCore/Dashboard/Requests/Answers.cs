using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Answers that are no page of a section.</summary>
internal sealed class Answers(Layout layout, TimeProvider time)
{
    public static FormToken TokenOf(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);

        // It has set headers of its own.
        DashboardHeaders.Set(context.Response);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken!);
    }

    public Task RefuseAsync(DashboardRequest request, int status, Text title, string words, string? back = null)
        => RefuseAsync(request, status, title, Html.Of($"{words}"), back);

    public Task RefuseAsync(DashboardRequest request, int status, Text title, Html words, string? back = null)
    {
        var content = Html.Of($"""
            <section class="part" id="part-answer"><p class="message" data-outcome="failed" role="alert">{words}</p>
            <p><a href="{request.Root}{back}">{request.Say(FrameTexts.Back)}</a></p></section>
            """);
        return WriteAsync(request.Http, status, layout.Show(request, section: null, request.Say(title), content, live: null, token: null, time.GetUtcNow()));
    }

    /// <summary>For those who may see nothing: no navigation, and no name of the application.</summary>
    public static Task TurnAwayAsync(HttpContext context, Text words)
    {
        var language = PageLanguages.Of(context.Request);
        return WriteAsync(context, StatusCodes.Status403Forbidden, Html.Of($"""
            <!DOCTYPE html><html lang="{language.Code()}"><head><meta charset="utf-8"><title>{FrameTexts.Forbidden.In(language)}</title></head><body><h1>{FrameTexts.Forbidden.In(language)}</h1><p>{words.In(language)}</p></body></html>
            """).ToString());
    }

    public static async Task WriteAsync(HttpContext context, int status, string page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(page, context.RequestAborted).ConfigureAwait(false);
    }
}
