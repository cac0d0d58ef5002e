using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Forms that filter a list, and fields that forms have in common.</summary>
internal static class Fields
{
    public static Html Hidden(string name, string? value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    public static Html Text(PartContext context, Text label, string name, string? value, int maxLength = 200)
        => Widgets.Field(context.Say(label), Html.Of($"""<input name="{name}" value="{value}" maxlength="{maxLength}" autocomplete="off">"""));

    /// <summary>A form that asks for the page again, by its address alone.</summary>
    public static Html Filter(PartContext context, string section, Html fields)
        => Html.Of($"""
            <form class="filter" method="get" action="{context.Link("/" + section)}" id="filter-{section}">{fields}<button type="submit" class="quiet">{context.Say(FrameTexts.Filter)}</button></form>
            """);

    /// <summary>A choice among the words of an enum, or none of them.</summary>
    public static Html Choice<T>(PartContext context, Text label, string name, T? chosen, Func<T, string> words)
        where T : struct, Enum
        => Widgets.Field(context.Say(label), Widgets.Select(name, [("", context.Say(FrameTexts.All)), .. Enum.GetValues<T>().Select(value => (value.ToString().ToLowerInvariant(), words(value)))], chosen?.ToString().ToLowerInvariant()));
}
