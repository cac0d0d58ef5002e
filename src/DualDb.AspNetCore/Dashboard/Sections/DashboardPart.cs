using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>A part of a page, which is read for itself and fails for itself.</summary>
/// <param name="Id">Its name within the page; it becomes the element <c>part-…</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="ReadAsync">Reads what it shows; what it gives back is called once for each language and role.</param>
internal sealed record DashboardPart(string Id, Text Title, Func<CancellationToken, Task<Func<PartContext, Html>>> ReadAsync)
{
    /// <summary>Which database is asked, for the message of one that does not answer; null for none or both.</summary>
    public Database? Database { get; init; }

    /// <summary>A part that reads data, and shows it.</summary>
    public static DashboardPart Of<T>(string id, Text title, Func<CancellationToken, Task<T>> read, Func<T, PartContext, Html> show)
        => new(
            id,
            title,
            async cancellationToken =>
            {
                var data = await read(cancellationToken).ConfigureAwait(false);
                return context => show(data, context);
            });

    /// <summary>A part that shows what this node knows.</summary>
    public static DashboardPart Of<T>(string id, Text title, Func<T> read, Func<T, PartContext, Html> show)
        => Of(id, title, _ => Task.FromResult(read()), show);
}
