using DualDb.AspNetCore.Dashboard.Language;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Keeps in a cookie which language somebody has chosen.</summary>
internal static class LanguageEndpoint
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static async Task AnswerAsync(DashboardRequest request, Answers answers)
    {
        var context = request.Http;
        if (await ActionEndpoint.ReadFormAsync(context).ConfigureAwait(false) is not { } fields
            || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false))
        {
            await answers.RefuseAsync(request, StatusCodes.Status400BadRequest, FrameTexts.BadRequest, request.Say(FrameTexts.NoToken)).ConfigureAwait(false);
            return;
        }

        var language = PageLanguages.Find(fields["language"]) ?? throw new BadRequestValueException("language", "en or th");
        context.Response.Cookies.Append(PageLanguages.Cookie, language.Code(), new CookieOptions
        {
            Path = request.Root,
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
        });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = request.Root + ActionEndpoint.BackOf(fields, otherwise: "");
    }
}
