using DualDb.AspNetCore.Dashboard.Markup;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>Text does not become markup.</summary>
public sealed class MarkupTests
{
    [Theory]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("\" onclick=\"x", "&quot; onclick=&quot;x")]
    [InlineData("'", "&#x27;")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("<!--token-->", "&lt;!--token--&gt;")]
    [InlineData("ภาษาไทย ü 漢", "ภาษาไทย ü 漢")]
    [InlineData(null, "")]
    public void A_hole_is_encoded(string? text, string encoded) => Assert.Equal($"<p title=\"{encoded}\">{encoded}</p>", Html.Of($"<p title=\"{text}\">{text}</p>").ToString());

    [Fact]
    public void A_piece_stays_what_it_is_and_numbers_are_of_no_culture()
    {
        var piece = Html.Of($"<b>{"<"}</b>");

        Assert.Equal("<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>1.5 1,234</p>", Html.Of($"<p>{piece}{new[] { piece, piece }}{1.5} {1234:#,0}</p>").ToString());
        Assert.True(Html.When(false, $"<p>").IsEmpty);
    }

    [Fact]
    public void A_sparkline_says_in_words_what_it_shows_and_leaves_gaps()
    {
        var picture = Sparkline.Of([1, null, 2, 3, null], target: 2.5, "\"up\" from 1 to 3").ToString();

        Assert.Contains("aria-label=\"&quot;up&quot; from 1 to 3\"", picture, StringComparison.Ordinal);
        Assert.Equal(2, picture.Split("\"M")[1].Split('"')[0].Count(static letter => letter == 'M') + 1);
        Assert.DoesNotContain("style=", picture, StringComparison.Ordinal);
        Assert.True(Sparkline.Of([null, null], target: null, "").IsEmpty);
    }
}
