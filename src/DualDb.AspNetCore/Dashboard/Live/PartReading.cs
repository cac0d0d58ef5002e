using System.Collections.Concurrent;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections;

namespace DualDb.AspNetCore.Dashboard.Live;

/// <summary>A part as it was read once.</summary>
/// <param name="part">The part.</param>
/// <param name="show">Shows it.</param>
internal sealed class PartReading(DashboardPart part, Func<PartContext, Html> show)
{
    /// <summary>So many forms are kept: two languages, two roles, and a few roots where proxies lead to the same application by several ways.</summary>
    private const int Forms = 16;

    private readonly ConcurrentDictionary<PartContext, Html> _shown = new();

    public DashboardPart Part => part;

    /// <summary>The part for a viewer, made once for all like him.</summary>
    public Html For(PartContext context)
    {
        if (_shown.TryGetValue(context, out var shown))
        {
            return shown;
        }

        shown = show(context);
        return _shown.Count < Forms ? _shown.GetOrAdd(context, shown) : shown;
    }
}

/// <summary>A page as it was read once.</summary>
/// <param name="Parts">Its parts.</param>
/// <param name="At">When.</param>
internal sealed record Snapshot(IReadOnlyList<PartReading> Parts, DateTimeOffset At);
