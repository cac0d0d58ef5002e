using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Ways through a list that is read from a place on: however long it is, a page costs the same.</summary>
internal static class KeysetPager
{
    /// <param name="context">For whom.</param>
    /// <param name="id">The list's name on the page.</param>
    /// <param name="first">The address of the first page; null where this is it.</param>
    /// <param name="next">The address of the next page; null where this is the last.</param>
    public static Html Show(PartContext context, string id, string? first, string? next)
        => first is null && next is null
            ? default
            : Html.Of($"""
                <nav class="pager" id="pager-{id}" aria-label="{context.Say(SharedTexts.Pages)}">
                {Html.When(first is not null, $"""<a rel="first" href="{context.Link(first ?? "")}">{context.Say(SharedTexts.First)}</a>""")}
                {Html.When(next is not null, $"""<a rel="next" href="{context.Link(next ?? "")}">{context.Say(SharedTexts.More)}</a>""")}
                </nav>
                """);
}
