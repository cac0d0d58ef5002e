using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>A request, and what is known of who sent it.</summary>
/// <param name="Http">The request itself.</param>
/// <param name="Language">In which language to answer.</param>
/// <param name="Root">Where the dashboard is, as the browser sees it.</param>
/// <param name="Role">What the sender may.</param>
/// <param name="Actor">Who it is.</param>
internal sealed record DashboardRequest(HttpContext Http, PageLanguage Language, string Root, DashboardRole Role, string Actor)
{
    /// <summary>Knows the secrets of the connections.</summary>
    public required Redaction Secrets { get; init; }

    /// <param name="context">The request.</param>
    /// <param name="access">Says what the sender may.</param>
    /// <param name="secrets">Knows the secrets of the connections.</param>
    /// <param name="below">How many segments of its path are below the dashboard's root.</param>
    public static async Task<DashboardRequest> OfAsync(HttpContext context, DashboardAccess access, Redaction secrets, int below)
        => new(context, PageLanguages.Of(context.Request), RootOf(context.Request, below), await access.RoleOfAsync(context).ConfigureAwait(false), access.ActorOf(context)) { Secrets = secrets };

    /// <summary>For whom parts are shown.</summary>
    public PartContext For(IDashboardSection section, PageQuery query) => new(Language, Root, section.Path, query.Address(section.Path), Role == DashboardRole.Operator) { Secrets = Secrets };

    public PartContext Plain() => new(Language, Root, "", "", MayAct: false) { Secrets = Secrets };

    public string Say(Text text) => text.In(Language);

    // From the path as it was asked for: so it is right below a path base, in a group, and behind a proxy that says which prefix it has taken away.
    private static string RootOf(HttpRequest request, int below)
    {
        var path = (request.PathBase + request.Path).ToUriComponent().TrimEnd('/');
        for (; below > 0; below--)
        {
            path = path[..Math.Max(0, path.LastIndexOf('/'))];
        }

        return path;
    }
}
