namespace DualDb.AspNetCore.Dashboard.Markup;

/// <summary>
/// A piece of a page. It is made of interpolated strings alone: what stands in the code is markup, what stands in a hole is text and encoded, unless it is a piece itself. There is no way to write text as markup.
/// </summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Makes a piece: <c>Html.Of($"&lt;p>{text}&lt;/p>")</c>. Attributes have to be in double quotes.</summary>
    public static Html Of(HtmlText markup) => new(markup.Close());

    /// <summary>A piece, or none.</summary>
    public static Html When(bool condition, HtmlText markup)
    {
        var text = markup.Close();
        return condition ? new Html(text) : default;
    }

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces));

    public bool IsEmpty => string.IsNullOrEmpty(_markup);

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? "";
}
