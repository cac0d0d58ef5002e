using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Live;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Sections;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>Answers with a page of a section.</summary>
internal sealed class PageEndpoint(Layout layout, Answers answers, LiveHub hub, ActionMessages messages)
{
    public async Task AnswerAsync(DashboardRequest request, IDashboardSection section)
    {
        var context = request.Http;
        var query = new PageQuery(context.Request.Query, context.Request.RouteValues["item"] as string);
        var parts = section.Parts(query);
        if (query.IsMissing || (query.HasItem && !query.KnowsItem))
        {
            await answers.RefuseAsync(request, StatusCodes.Status404NotFound, FrameTexts.NotFound, request.Say(FrameTexts.NotFoundWords)).ConfigureAwait(false);
            return;
        }

        var address = query.Address(section.Path);
        var page = await hub.FeedOf(section.Path, address, parts).PresentAsync().WaitAsync(context.RequestAborted).ConfigureAwait(false);
        var viewer = request.For(section, query);
        var content = Html.Of($"""
            {messages.Show(context.Request)}
            {page.Parts.Select(part => Part(part, viewer))}
            """);
        await Answers.WriteAsync(
            context,
            StatusCodes.Status200OK,
            layout.Show(request, section, request.Say(section.Title), content, request.Root + "/live" + address, Answers.TokenOf(context), page.At)).ConfigureAwait(false);
    }

    private static Html Part(PartReading part, PartContext viewer)
        => Html.Of($"""
            <section class="part" id="part-{part.Part.Id}" data-part="{part.Part.Id}" aria-labelledby="title-{part.Part.Id}" tabindex="-1">
            <h2 id="title-{part.Part.Id}">{viewer.Say(part.Part.Title)}</h2>
            <p class="held" hidden>{viewer.Say(FrameTexts.Held)}</p>
            <div class="content">{part.For(viewer)}</div>
            </section>
            """);
}
