using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>Something that operators can do on a page.</summary>
/// <param name="Name">Its place below the section's <c>actions</c>, and its name in the audit: <c>silence</c>.</param>
/// <param name="Title">What it does, on its button.</param>
/// <param name="Target">What it is done to, from the fields, for the audit: <c>sync-lag</c>. Fields that are malformed are refused here: <see cref="ActionForm"/> throws.</param>
/// <param name="RunAsync">Does it, and returns what to say. What it throws is told and audited as failed.</param>
internal sealed record DashboardAction(string Name, Text Title, Func<ActionForm, string> Target, Func<ActionForm, CancellationToken, Task<ActionMessage>> RunAsync)
{
    /// <summary>Whether it has to be said why; asked for by its form, and kept in the audit.</summary>
    public bool NeedsReason { get; init; } = true;
}

/// <summary>What an action says when it is done.</summary>
/// <param name="Text">The words.</param>
/// <param name="Values">What stands in their places.</param>
internal sealed record ActionMessage(Text Text, params IReadOnlyList<object?> Values)
{
    /// <summary>What comes of work that has only begun; null where all is done. Until then the audit says that it is begun, and nothing else.</summary>
    public Task<WorkEnd>? Ending { get; init; }

    /// <summary>Whether nothing was done, since it could not be done just now.</summary>
    public bool IsRefused { get; init; }
}
