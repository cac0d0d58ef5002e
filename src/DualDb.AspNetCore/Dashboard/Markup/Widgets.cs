using System.Globalization;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Requests;

namespace DualDb.AspNetCore.Dashboard.Markup;

/// <summary>Pieces that many pages show.</summary>
internal static class Widgets
{
    /// <summary>A moment, in UTC.</summary>
    public static Html Time(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return Html.Of($"""<time datetime="{utc:yyyy-MM-dd'T'HH:mm:ss'Z'}">{utc:yyyy-MM-dd HH:mm:ss} UTC</time>""");
    }

    /// <summary>A moment, or what is said where there was none.</summary>
    public static Html Time(DateTimeOffset? time, Html otherwise) => time is { } known ? Time(known) : otherwise;

    /// <summary>A word on how something is.</summary>
    public static Html Badge(Tone tone, string words) => Html.Of($"""<span class="badge {ClassOf(tone)}">{words}</span>""");

    /// <summary>Code, such as SQL or JSON: as it stands, also where it is long.</summary>
    public static Html Code(string text) => Html.Of($"""<pre class="code" tabindex="0"><code>{text}</code></pre>""");

    /// <summary>A table, which scrolls for itself where the screen is narrow. Where there are no rows, it says so.</summary>
    /// <param name="context">For whom.</param>
    /// <param name="label">What it is a table of.</param>
    /// <param name="headings">Its columns.</param>
    /// <param name="rows">Its rows: <c>&lt;tr></c> with as many cells.</param>
    public static Html Table(PartContext context, Text label, IReadOnlyList<Text> headings, IReadOnlyCollection<Html> rows)
        => rows.Count == 0
            ? Html.Of($"""<p class="none">{context.Say(FrameTexts.None)}</p>""")
            : Html.Of($"""
                <div class="scroll" role="region" tabindex="0" aria-label="{context.Say(label)}"><table>
                <thead><tr>{headings.Select(heading => Html.Of($"""<th scope="col">{context.Say(heading)}</th>"""))}</tr></thead>
                <tbody>{rows}</tbody></table></div>
                """);

    /// <summary>Ways to the pages before and after.</summary>
    /// <param name="context">For whom.</param>
    /// <param name="page">The number of this page, from 1.</param>
    /// <param name="hasMore">Whether there is another.</param>
    /// <param name="addressOf">The address of a page, below the root.</param>
    public static Html Pager(PartContext context, int page, bool hasMore, Func<int, string> addressOf)
        => page == 1 && !hasMore
            ? default
            : Html.Of($"""
                <nav class="pager" aria-label="{context.Say(FrameTexts.PageNumber, page)}">
                {Html.When(page > 1, $"""<a rel="prev" href="{context.Link(addressOf(page - 1))}">{context.Say(FrameTexts.Previous)}</a>""")}
                <span>{context.Say(FrameTexts.PageNumber, page)}</span>
                {Html.When(hasMore, $"""<a rel="next" href="{context.Link(addressOf(page + 1))}">{context.Say(FrameTexts.Next)}</a>""")}
                </nav>
                """);

    /// <summary>A field of a form.</summary>
    public static Html Field(string label, Html input) => Html.Of($"""<label class="field"><span>{label}</span>{input}</label>""");

    /// <summary>A choice of a form.</summary>
    /// <param name="name">The field.</param>
    /// <param name="options">Its values and their words.</param>
    /// <param name="chosen">The value that is chosen.</param>
    public static Html Select(string name, IEnumerable<(string Value, string Words)> options, string? chosen)
        => Html.Of($"""
            <select name="{name}">{options.Select(option => Html.Of($"""<option value="{option.Value}"{Html.When(string.Equals(option.Value, chosen ?? "", StringComparison.Ordinal), $" selected")}>{option.Words}</option>"""))}</select>
            """);

    public static string Number(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage, with as many digits as say how far from all it is.</summary>
    public static string Share(double share) => (share * 100).ToString(share is > 0.99 and < 1 ? "0.####" : "0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A duration in the unit that suits it.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1000 } => duration.TotalMilliseconds.ToString("0.##", CultureInfo.InvariantCulture) + " ms",
        { TotalSeconds: < 60 } => duration.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 60 } => duration.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture) + " min",
        { TotalHours: < 48 } => duration.TotalHours.ToString("0.#", CultureInfo.InvariantCulture) + " h",
        _ => duration.TotalDays.ToString("0.#", CultureInfo.InvariantCulture) + " d",
    };

    public static string ClassOf(Tone tone) => tone switch { Tone.Good => "good", Tone.Warning => "warning", Tone.Bad => "bad", _ => "plain" };
}
