using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>A list that is known in whole, and shown page by page: what is on a later page is counted, and can be got at.</summary>
internal static class WholeList
{
    private const int PageSize = 50;

    /// <param name="context">For whom.</param>
    /// <param name="all">The list.</param>
    /// <param name="asked">The number of the page that is asked for, from 1; the last one where there are not so many any more.</param>
    /// <param name="addressOf">The address of a page, below the root.</param>
    /// <param name="show">Shows the entries of a page.</param>
    public static Html Show<T>(PartContext context, IReadOnlyList<T> all, int asked, Func<int, string> addressOf, Func<IReadOnlyList<T>, Html> show)
    {
        var page = Math.Clamp(asked, 1, Math.Max(1, (all.Count + PageSize - 1) / PageSize));
        var before = (page - 1) * PageSize;
        var shown = all.Skip(before).Take(PageSize).ToList();
        return Html.Of($"""
            {show(shown)}
            {Html.When(all.Count > PageSize, $"""<p class="note" data-shown="{before + 1}-{before + shown.Count}">{context.Say(SharedTexts.Shown, before + 1, before + shown.Count, all.Count)}</p>{Widgets.Pager(context, page, before + shown.Count < all.Count, addressOf)}""")}
            """);
    }
}
