using DualDb.AspNetCore.Dashboard.Assets;
using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Sections;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>The page around the parts.</summary>
/// <param name="Application">Whose databases are shown.</param>
/// <param name="Sections">The pages.</param>
internal sealed record Layout(string Application, IReadOnlyList<IDashboardSection> Sections)
{
    /// <param name="request">For whom.</param>
    /// <param name="section">The page that is shown; null for none of them.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="content">What it shows.</param>
    /// <param name="live">Where its updates come from; null for none.</param>
    /// <param name="token">The anti-forgery token; null for a page without forms.</param>
    /// <param name="at">When it was read.</param>
    public string Show(DashboardRequest request, IDashboardSection? section, string title, Html content, string? live, FormToken? token, DateTimeOffset at)
    {
        var root = request.Root;
        var page = Html.Of($"""
            <!DOCTYPE html>
            <html lang="{request.Language.Code()}">
            <head>
            <meta charset="utf-8">
            <title>{title} - {Application} - DualDb</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            {(token is null ? default : Html.Of($"""<meta name="dualdb-token" data-field="{token.Field}" content="{token.Value}">"""))}
            <link rel="stylesheet" href="{root}/assets/{DashboardAssets.Style.Name}">
            <link rel="icon" type="image/svg+xml" href="{root}/assets/{DashboardAssets.Icon.Name}">
            <script src="{root}/assets/{DashboardAssets.Script.Name}" defer></script>
            </head>
            <body{Html.When(live is not null, $""" data-live="{live}" """)}>
            <a class="skip" href="#content">{request.Say(FrameTexts.Skip)}</a>
            <header class="top">
            <a class="brand" href="{root}">DualDb <span data-application>{Application}</span></a>
            {Status(request, live)}
            <span class="who">{FrameTexts.SignedIn.In(request.Language, request.Actor)}{Html.When(request.Role == DashboardRole.Reader, $" ({request.Say(FrameTexts.ReadOnly)})")}</span>
            {Languages(request, section, token)}
            </header>
            {Navigation(request, section)}
            <main id="content" tabindex="-1">
            <h1>{title}</h1>
            {content}
            </main>
            <footer class="foot">{request.Say(FrameTexts.ShownAt)} <time id="shown" datetime="{at.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}">{at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC</time>
            <noscript><p>{request.Say(FrameTexts.Still)} <a href="">{request.Say(FrameTexts.Reload)}</a></p></noscript></footer>
            </body>
            </html>
            """).ToString();
        return token is null ? page : page.Replace(PartContext.TokenPlace, Html.Of($"""<input type="hidden" name="{token.Field}" value="{token.Value}">""").ToString(), StringComparison.Ordinal);
    }

    private static Html Status(DashboardRequest request, string? live)
        => live is null ? default : Html.Of($"""
            <span class="live" id="live" role="status" data-say-live="{request.Say(FrameTexts.Live)}" data-say-connecting="{request.Say(FrameTexts.Connecting)}" data-say-lost="{request.Say(FrameTexts.Lost)}"></span>
            """);

    private Html Navigation(DashboardRequest request, IDashboardSection? section)
        => Html.Of($"""
            <nav class="pages" aria-label="{request.Say(FrameTexts.Pages)}"><ul>
            {Sections.Select(one => Html.Of($"""<li><a href="{request.Root}{Html.When(one.Path.Length > 0, $"/{one.Path}")}" data-page="{one.Path}"{Html.When(ReferenceEquals(one, section), $""" aria-current="page" """)}>{request.Say(one.Title)}</a></li>"""))}
            </ul></nav>
            """);

    // Each language names itself, so that whoever cannot read the present one finds his.
    private static Html Languages(DashboardRequest request, IDashboardSection? section, FormToken? token)
        => token is null ? default : Html.Of($"""
            <form method="post" action="{request.Root}/language" aria-label="{request.Say(FrameTexts.Language)}">{PartContext.Token}<input type="hidden" name="back" value="{Back(request, section)}">
            {Button(request, PageLanguage.English, "English")}{Button(request, PageLanguage.Thai, "ไทย")}</form>
            """);

    private static Html Button(DashboardRequest request, PageLanguage language, string name)
        => Html.Of($"""<button class="quiet" name="language" value="{language.Code()}" lang="{language.Code()}" aria-pressed="{(request.Language == language ? "true" : "false")}">{name}</button>""");

    private static string Back(DashboardRequest request, IDashboardSection? section)
    {
        var full = (request.Http.Request.PathBase + request.Http.Request.Path).ToUriComponent();
        return section is not null && full.StartsWith(request.Root, StringComparison.Ordinal) ? full[request.Root.Length..] + request.Http.Request.QueryString.ToUriComponent() : "";
    }
}

/// <summary>The anti-forgery token of a viewer.</summary>
/// <param name="Field">The field that carries it.</param>
/// <param name="Value">The token.</param>
internal sealed record FormToken(string Field, string Value);
