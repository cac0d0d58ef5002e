using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.Diagnostics;

namespace DualDb.AspNetCore.Dashboard.Requests;

/// <summary>For whom a part is shown. What is equal here is shown equally, and made once.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Root">Where the dashboard is in this application, as the browser sees it: <c>/admin/dualdb</c>.</param>
/// <param name="Section">The page's section.</param>
/// <param name="Self">The page's address below the root: <c>/audit?page=2</c>.</param>
/// <param name="MayAct">Whether forms are shown.</param>
internal sealed record PartContext(PageLanguage Language, string Root, string Section, string Self, bool MayAct)
{
    /// <summary>What a page puts in the place of the anti-forgery token, which is each viewer's own. No text of anybody's can look so: it would be encoded.</summary>
    public const string TokenPlace = "<!--token-->";

    /// <summary>Knows the secrets of the connections.</summary>
    public Redaction Secrets { get; init; } = Redaction.None;

    /// <summary>What the library, a server or the application's code says, which is in English as a rule: without passwords and keys, whatever somebody has put there.</summary>
    public Html Said(string? words) => Html.Of($"""<span lang="en">{(words is null ? null : Secrets.Clean(words))}</span>""");

    /// <summary>A text in the viewer's language.</summary>
    public string Say(Text text) => text.In(Language);

    /// <summary>The same with values.</summary>
    public string Say(Text text, params ReadOnlySpan<object?> values) => text.In(Language, values);

    /// <summary>An address of the dashboard's, from one below its root, such as <see cref="PageQuery.With"/> gives; empty for the first page.</summary>
    public string Link(string below) => Root + below;

    /// <summary>The form of an action of this section; nothing for those who may not act. It is folded unless the fields say all.</summary>
    /// <param name="action">The action.</param>
    /// <param name="key">Tells forms of the same action on a page apart, such as the id of what it is done to.</param>
    /// <param name="fields">What it asks for, and hidden fields.</param>
    public Html Form(DashboardAction action, string key, Html fields)
    {
        if (!MayAct)
        {
            return default;
        }

        var id = $"do-{action.Name}-{key}";
        var reason = Html.When(
            action.NeedsReason,
            $"""<label class="field"><span>{Say(FrameTexts.Reason)}</span><input name="{ActionForm.ReasonField}" id="{id}-reason" required maxlength="500" autocomplete="off"></label>""");
        return Html.Of($"""
            <details class="act" id="{id}" data-action="{action.Name}"><summary id="{id}-open">{Say(action.Title)}</summary>
            <form method="post" action="{Link($"{(Section.Length > 0 ? "/" + Section : "")}/actions/{action.Name}")}">{Token}<input type="hidden" name="back" value="{Self}">{fields}{reason}
            <button type="submit">{Say(action.Title)}</button></form></details>
            """);
    }

    /// <summary>Where a form carries the anti-forgery token.</summary>
    public static Html Token => Html.Of($"<!--token-->");
}
