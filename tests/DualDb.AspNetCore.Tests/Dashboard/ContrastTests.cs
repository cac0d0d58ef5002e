using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DualDb.AspNetCore.Dashboard.Assets;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What is written can be read: contrasts of WCAG 2.2 AA, from the style sheet itself.</summary>
public sealed class ContrastTests
{
    private const double Words = 4.5;
    private const double Shapes = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string Style = Encoding.UTF8.GetString(DashboardAssets.Style.Content.Span);

    public static TheoryData<string, string, double> Pairs => new()
    {
        { "text", "page", Words }, { "text", "surface", Words }, { "muted", "page", Words }, { "muted", "surface", Words }, { "link", "surface", Words }, { "link", "page", Words }, { "on-accent", "accent", Words },
        { "good", "good-surface", Words }, { "warning", "warning-surface", Words }, { "bad", "bad-surface", Words }, { "plain", "plain-surface", Words }, { "bad", "surface", Words },
        { "line", "surface", Shapes }, { "target", "surface", Shapes }, { "focus", "surface", Shapes }, { "focus", "page", Shapes }, { "control", "surface", Shapes }, { "good", "surface", Shapes }, { "warning", "surface", Shapes },
        { "accent", "surface", Shapes },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_stand_out(string front, string back, double least)
    {
        foreach (var colours in new[] { Colours(isDark: false), Colours(isDark: true) })
        {
            var contrast = Contrast(colours[front], colours[back]);
            Assert.True(contrast >= least, string.Create(CultureInfo.InvariantCulture, $"{front} {colours[front]} on {back} {colours[back]}: {contrast:0.00}"));
        }
    }

    [Fact]
    public void All_colours_have_names_and_both_palettes_have_them_all()
    {
        var rules = Style[Style.IndexOf("* {", StringComparison.Ordinal)..];

        Assert.Equal(Colours(isDark: false).Keys.Order(), Colours(isDark: true).Keys.Order());
        Assert.DoesNotMatch("#[0-9a-fA-F]{3,8}[; ]|rgb|hsl", rules);
        foreach (Match used in Regex.Matches(rules, @"var\(--(?<name>[a-z-]+)\)", RegexOptions.ExplicitCapture, Patience))
        {
            Assert.Contains(used.Groups["name"].Value, Colours(isDark: false).Keys);
        }
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        Assert.DoesNotMatch("url\\(|@import|@font-face", Style);
        Assert.DoesNotMatch("https?://|eval\\(|new Function", Encoding.UTF8.GetString(DashboardAssets.Script.Content.Span));
    }

    private static Dictionary<string, string> Colours(bool isDark)
    {
        var blocks = Regex.Matches(Style, @":root \{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, Patience);
        return Regex.Matches(blocks[isDark ? 1 : 0].Groups["body"].Value, "--(?<name>[a-z-]+): (?<colour>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, Patience).ToDictionary(static one => one.Groups["name"].Value, static one => one.Groups["colour"].Value);
    }

    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    // Of WCAG 2.2, "relative luminance".
    private static double Luminance(string colour)
    {
        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));

        double Channel(int place)
        {
            var value = int.Parse(colour.AsSpan(place, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
