using System.Globalization;
using DualDb;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Storefront.Serving;

/// <summary>The page with the switch.</summary>
internal static class SwitchPage
{
    private static readonly Dictionary<string, Func<Injuries, Task>> Positions = new(StringComparer.Ordinal)
    {
        ["neon"] = static injuries => injuries.CutAsync(Database.Neon),
        ["supabase"] = static injuries => injuries.CutAsync(Database.Supabase),
        ["slow"] = static injuries => injuries.SlowAsync(),
        ["mails"] = static injuries => injuries.SendNoMailsAsync(),
        ["heal"] = static injuries => injuries.HealAsync(),
    };

    public static void Map(IEndpointRouteBuilder app, Injuries injuries, Shoppers shoppers)
    {
        app.MapGet("/", () => Results.Content(Page(injuries, shoppers), "text/html; charset=utf-8"));
        app.MapPost("/switch/{position}", async (string position, HttpRequest request) =>
        {
            // A page of another site could post here too, though it could not read the answer.
            if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin" && site != "none")
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            if (!Positions.TryGetValue(position, out var turn))
            {
                return Results.NotFound();
            }

            await turn(injuries);
            return Results.Redirect("/");
        });
    }

    private static string Page(Injuries injuries, Shoppers shoppers) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Storefront</title>
        <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem } form { margin: .5rem 0 } button { font: inherit; padding: .4rem .8rem }</style></head>
        <body>
        <h1>Storefront</h1>
        <p>Shoppers come and go: {{shoppers.Count.Succeeded:N0}} visits, {{shoppers.Count.Failed:N0}} of others failed.</p>
        <p><a href="/dualdb">The dashboard</a> · <a href="/health/ready">Health</a></p>
        <h2>The switch</h2>
        <p id="state">{{State(injuries)}}</p>
        {{Button("neon", "Take Neon away")}}
        {{Button("supabase", "Take Supabase away")}}
        {{Button("slow", "Make both slow")}}
        {{Button("mails", "Take the mail service away")}}
        {{Button("heal", "Heal all")}}
        </body>
        </html>
        """);

    private static string Button(string position, string text) => $"""<form method="post" action="/switch/{position}"><button>{text}</button></form>""";

    private static string State(Injuries injuries)
        => injuries.Cut is { } database ? $"{database} is away."
            : injuries.IsSlow ? "Both databases are slow."
            : injuries.AreMailsAway ? "The mail service is away." : "All is well.";
}
